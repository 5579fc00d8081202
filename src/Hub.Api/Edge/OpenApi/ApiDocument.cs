using Hub.Api.Access.Authentication;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hub.Api.Edge.OpenApi;

/// <summary>What the OpenAPI document says beyond the shapes: how to prove oneself, how to retry, how errors look.</summary>
internal static class ApiDocument
{
    internal const string Name = "v1";

    internal static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(DescribeAsync);
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo
        {
            Title = "OmniHub",
            Version = "v1",
            Description = "One payment journey over every channel. Amounts are integer minor units; times are RFC 3339 in UTC.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Schemes.Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A merchant's secret key (sk_…) or a customer's session token (cst_…).",
        };
        document.Components.SecuritySchemes[Schemes.Staff] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = Schemes.StaffCookie,
            Description = "Signed-in staff; whatever is not a GET also needs the header X-CSRF: 1.",
        };
        return Task.CompletedTask;
    }

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemBody), cancellationToken: cancel);
        if (metadata.OfType<IdempotencyMetadata>().Any())
        {
            AddIdempotencyKey(operation);
            AddProblem(operation, problem, "409", "It clashes with how things stand, or this very request is being carried out.");
            AddProblem(operation, problem, "422", "The request can never be right, or its key was used for another one.");
        }

        AddProblem(operation, problem, "400", "The request is not well-formed; errors names the fields.");
        if (!metadata.OfType<IAuthorizeData>().Any()) return;
        AddProblem(operation, problem, "401", "No valid credential.");
        AddProblem(operation, problem, "403", "This credential may not do that.");
        AddProblem(operation, problem, "404", "There is no such thing, or it is not the caller's.");
        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Schemes.Bearer, context.Document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Schemes.Staff, context.Document)] = [] },
        ];
    }

    private static void AddIdempotencyKey(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = IdempotencyKey.Header,
            In = ParameterLocation.Header,
            Required = true,
            Description = "Chosen by the caller, new for each new request; the same key with the same request gets the same answer for 30 days.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.MaxLength },
        });
    }

    private static void AddProblem(OpenApiOperation operation, IOpenApiSchema schema, string status, string description)
    {
        operation.Responses ??= [];
        operation.Responses.TryAdd(status, new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType> { [Problem.MediaType] = new() { Schema = schema } },
        });
    }
}
