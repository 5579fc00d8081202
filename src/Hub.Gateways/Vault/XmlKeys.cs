using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Hub.Gateways.Vault;

/// <summary>Keeps ASP.NET Core's data protection keys in the vault, so that cookies outlive a restart.</summary>
internal sealed class XmlKeys(SealedRows rows) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. rows.List(VaultKind.DataProtection).Select(row => XElement.Parse(Encoding.UTF8.GetString(row.Body)))];

    public void StoreElement(XElement element, string friendlyName) =>
        rows.Store.Write(writer => rows.Put(
            writer, VaultKind.DataProtection, friendlyName, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting))));
}
