using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using ParalegalBot.Records;

namespace ParalegalBot.Server.Operations;

/// <summary>The keys of cookies and forms lie in the records: replicas share them, and a restart signs nobody out.</summary>
internal sealed class RecordedKeys(KeyRing ring) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. ring.All().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) => ring.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
