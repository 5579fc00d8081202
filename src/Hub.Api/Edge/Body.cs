using System.Buffers;
using System.Reflection;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Hub.Api.Edge;

/// <summary>The JSON body of a request, read strictly, with the bytes it came in for fingerprints and signatures.</summary>
/// <remarks>
/// An endpoint takes it as a parameter. Whatever is wrong is answered before the endpoint runs: 400 with the fields,
/// 413 when too long, 415 when it is not JSON.
/// </remarks>
/// <typeparam name="T">A record; see <see cref="StrictJson"/>.</typeparam>
/// <param name="Value">What it says.</param>
/// <param name="Raw">Exactly the bytes that came.</param>
public sealed record Body<T>(T Value, ReadOnlyMemory<byte> Raw) : IEndpointParameterMetadataProvider
    where T : class
{
    /// <summary>Called by the framework.</summary>
    public static async ValueTask<Body<T>?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(http);
        RawBody.RequireJson(http.Request);
        var limits = http.GetEndpoint()?.Metadata.GetMetadata<BodyLimits>() ?? BodyLimits.Default;
        var raw = await RawBody.ReadAsync(http, limits.Bytes);
        var errors = StrictJson.Read<T>(raw, limits, out var value);
        return errors.Count == 0 ? new Body<T>(value!, raw) : throw Problems.Invalid(errors).AsException();
    }

    /// <summary>Tells OpenAPI what the body looks like.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
    }
}

/// <summary>The bytes of a request's body: read once, capped, kept for whoever asks again.</summary>
public static class RawBody
{
    /// <summary>Reads the whole body.</summary>
    /// <param name="http">The request.</param>
    /// <param name="cap">The most bytes it may have.</param>
    /// <exception cref="ProblemException">413: it has more.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext http, int cap)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.Features.Get<Kept>() is { } kept) return kept.Bytes;
        if (http.Request.ContentLength > cap) throw TooLong(cap);
        var bytes = await ReadToEndAsync(http, cap);
        http.Features.Set(new Kept(bytes));
        return bytes;
    }

    /// <summary>Refuses a body that does not call itself JSON in UTF-8, or comes compressed.</summary>
    /// <exception cref="ProblemException">415.</exception>
    public static void RequireJson(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var json = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!json || request.Headers.ContentEncoding.Count > 0) throw Problems.OfStatus(StatusCodes.Status415UnsupportedMediaType).AsException();
    }

    private static async Task<byte[]> ReadToEndAsync(HttpContext http, int cap)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > cap) throw TooLong(cap);
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ProblemException TooLong(int cap) =>
        Problems.OfStatus(StatusCodes.Status413PayloadTooLarge, $"Send at most {cap} bytes.").AsException();

    private sealed record Kept(ReadOnlyMemory<byte> Bytes);
}
