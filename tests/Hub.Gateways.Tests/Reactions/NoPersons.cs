using Hub.Actors.Ports;
using Hub.Domain.Kernel;

namespace Hub.Gateways.Tests.Reactions;

/// <summary>Nobody's data: nothing here is about a person.</summary>
internal sealed class NoPersons : IPersonalData
{
    public Sealed Seal(string customer, string words) => throw new NotSupportedException();

    public string? Open(string customer, Sealed text) => throw new NotSupportedException();

    public bool IsErased(string customer) => false;

    public void Erase(string customer) => throw new NotSupportedException();
}
