using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Customers;

/// <summary>How a customer muted a topic.</summary>
[JsonConverter(typeof(SnakeCaseNames<MutedBy>))]
public enum MutedBy
{
    /// <summary>By the link in a mail, or the button that their mail program makes of it.</summary>
    Unsubscribe,

    /// <summary>By telling their mail provider that it is unwanted, which the provider passed on.</summary>
    Complaint,
}
