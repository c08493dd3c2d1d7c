using System.Globalization;
using System.Xml;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>What layout a paragraph has, from its own properties or its style's. Null means: ask the next one up.</summary>
internal sealed record DocxLayout
{
    public string? Justification { get; init; }

    public double? Left { get; init; }

    public double? FirstLine { get; init; }

    public bool? Bold { get; init; }

    public DocxLayout Over(DocxLayout below) => new()
    {
        Justification = Justification ?? below.Justification,
        Left = Left ?? below.Left,
        FirstLine = FirstLine ?? below.FirstLine,
        Bold = Bold ?? below.Bold,
    };
}

/// <summary>The paragraph styles of a DOCX, resolved along their <c>basedOn</c> chain.</summary>
internal sealed class DocxStyles
{
    public const string W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private readonly Dictionary<string, (DocxLayout Own, string? Base)> _styles = [];
    private readonly Dictionary<string, DocxLayout> _resolved = [];
    private string? _default;

    public DocxStyles(Stream? part)
    {
        if (part is null) return;
        using var xml = XmlReader.Create(part, DocxReader.XmlSettings);
        while (xml.Read())
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "style" && xml.GetAttribute("type", W) == "paragraph") ReadStyle(xml);
    }

    /// <summary>The layout of a style; of the default style where <paramref name="id"/> is null or unknown.</summary>
    public DocxLayout Of(string? id)
    {
        id = id is not null && _styles.ContainsKey(id) ? id : _default;
        if (id is null) return new DocxLayout();
        if (_resolved.TryGetValue(id, out var known)) return known;
        _resolved[id] = new DocxLayout(); // ends a circular chain
        var (own, parent) = _styles[id];
        return _resolved[id] = parent is not null && _styles.ContainsKey(parent) ? own.Over(Of(parent)) : own;
    }

    private void ReadStyle(XmlReader xml)
    {
        var id = xml.GetAttribute("styleId", W) ?? "";
        if (IsOn(xml.GetAttribute("default", W) ?? "0")) _default = id;
        var layout = new DocxLayout();
        string? parent = null;
        using var inner = xml.ReadSubtree();
        while (inner.Read())
        {
            if (inner.NodeType != XmlNodeType.Element) continue;
            if (inner.LocalName == "basedOn") parent = inner.GetAttribute("val", W);
            else layout = Apply(inner, layout);
        }
        _styles[id] = (layout, parent);
    }

    /// <summary>Adds what one property element says.</summary>
    public static DocxLayout Apply(XmlReader element, DocxLayout layout) => element.LocalName switch
    {
        "jc" => layout with { Justification = element.GetAttribute("val", W) },
        "b" => layout with { Bold = IsOn(element.GetAttribute("val", W)) },
        "ind" => layout with
        {
            Left = Points(element.GetAttribute("start", W) ?? element.GetAttribute("left", W)) ?? layout.Left,
            FirstLine = Points(element.GetAttribute("firstLine", W)) ?? -Points(element.GetAttribute("hanging", W)) ?? layout.FirstLine,
        },
        _ => layout,
    };

    public static bool IsOn(string? value) => value is null or "1" or "true" or "on";

    private static double? Points(string? twips) =>
        double.TryParse(twips, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value / 20 : null;
}
