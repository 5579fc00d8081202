# OmniHub with the Orleans engine; docker-compose.yml runs three of these. Alone it is a hub on one machine:
#   docker build -t omnihub . && docker run -p 127.0.0.1:8080:8080 -v omnihub:/data omnihub
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
ENV HubEngine=Orleans DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# The packages are a layer of their own: only a changed project file fetches them again.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Hub.Actors/Hub.Actors.csproj src/Hub.Actors/
COPY src/Hub.Api/Hub.Api.csproj src/Hub.Api/
COPY src/Hub.Channels/Hub.Channels.csproj src/Hub.Channels/
COPY src/Hub.Domain/Hub.Domain.csproj src/Hub.Domain/
COPY src/Hub.Gateways/Hub.Gateways.csproj src/Hub.Gateways/
COPY src/Hub.Grains/Hub.Grains.csproj src/Hub.Grains/
COPY src/Hub.Sandbox/Hub.Sandbox.csproj src/Hub.Sandbox/
COPY src/Hub.Silo/Hub.Silo.csproj src/Hub.Silo/
COPY src/Hub.Web/Hub.Web.csproj src/Hub.Web/
RUN dotnet restore src/Hub.Silo

# The pages under src/Hub.Web/wwwroot are committed as built: no Node is needed.
COPY .editorconfig ./
COPY src src
RUN dotnet publish src/Hub.Silo -c Release --no-restore -o /app -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
RUN mkdir /data && chown "$APP_UID" /data
VOLUME /data
USER $APP_UID

# The image's own ASPNETCORE_HTTP_PORTS would name the port a second time.
ENV ASPNETCORE_HTTP_PORTS= \
    ASPNETCORE_URLS=http://0.0.0.0:8080 \
    Hub__PublicUrl=http://localhost:8080 \
    Hub__Data=/data
EXPOSE 8080

# The image has no curl and needs none: the executable asks the hub beside it.
HEALTHCHECK --interval=10s --timeout=8s --start-period=60s --start-interval=2s --retries=3 \
    CMD ["dotnet", "Hub.Silo.dll", "health"]
ENTRYPOINT ["dotnet", "Hub.Silo.dll"]
