using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Sandbox;

/// <summary>Answers by the sandbox's own rules, whatever the host's are.</summary>
internal static class SandboxReply
{
    internal static ContentHttpResult Json<T>(T value, int status = 200) => Raw(SandboxJson.Write<object>(value!), status);

    internal static ContentHttpResult Error(int status, string code, string message) => Json(new { error = new { code, message } }, status);

    internal static ContentHttpResult Raw(string json, int status, string type = "application/json") => TypedResults.Text(json, type, Encoding.UTF8, status);
}
