using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Sandbox;

/// <summary>Answers by the sandbox's own rules, whatever the host's are.</summary>
internal static class SandboxReply
{
    internal static ContentHttpResult Json<T>(T value, int status = 200) => Raw(SandboxJson.Write<object>(value!), status);

    /// <summary>A problem in the hub's own shape, so that its pages show it like any other.</summary>
    /// <remarks>Source: RFC 9457.</remarks>
    internal static ContentHttpResult Error(int status, string code, string detail) =>
        Raw(SandboxJson.Write(new { type = "about:blank", title = code.Replace('_', ' '), status, detail, code }), status, "application/problem+json");

    internal static ContentHttpResult Raw(string json, int status, string type = "application/json") => TypedResults.Text(json, type, Encoding.UTF8, status);
}
