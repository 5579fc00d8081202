using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hub.Gateways.Vault;

/// <summary>How the vault's public keys are named and written.</summary>
internal static class PublishedKeys
{
    /// <summary>How long the published keys are believed without asking whether another node has rotated them. A retired one stays good far longer.</summary>
    internal static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    /// <summary>The thumbprint of a key: its id.</summary>
    /// <param name="canonical">The key's required members, in order, without spaces.</param>
    /// <remarks>Source: RFC 7638.</remarks>
    internal static string Thumbprint(string canonical) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

    /// <summary>A JWK set.</summary>
    /// <param name="keys">Members of one key each, in the order they are written.</param>
    /// <remarks>Source: RFC 7517, section 5.</remarks>
    internal static string Set(IEnumerable<IEnumerable<(string Name, string Value)>> keys)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in keys)
            {
                json.WriteStartObject();
                foreach (var (name, value) in key) json.WriteString(name, value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
