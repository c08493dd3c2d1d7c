using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>Walks the body of a DOCX once: paragraphs, line breaks inside them, and tables as rows.</summary>
internal sealed class DocxBody(DocxStyles styles, DocxNumbering numbering)
{
    /// <summary>Removed text, layout leftovers and the second copy that alternate content holds.</summary>
    private static readonly HashSet<string> _skipped = ["del", "moveFrom", "Fallback", "instrText", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "footnoteReference"];

    private readonly List<SourceParagraph> _paragraphs = [];

    public IReadOnlyList<SourceParagraph> Read(XmlReader xml)
    {
        xml.MoveToContent();
        ReadBlocks(xml, _paragraphs);
        return _paragraphs;
    }

    /// <summary>Reads what the current element holds; the reader stands on its end afterwards.</summary>
    private void ReadBlocks(XmlReader xml, List<SourceParagraph> into)
    {
        if (xml.IsEmptyElement) return;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element) { xml.Read(); continue; }
            if (_skipped.Contains(xml.LocalName)) { xml.Skip(); continue; }
            if (xml.LocalName == "p") ReadParagraph(xml, into);
            else if (xml.LocalName == "tr") ReadRow(xml, into);
            else ReadBlocks(xml, into);
            xml.Read();
        }
    }

    private void ReadRow(XmlReader xml, List<SourceParagraph> into)
    {
        if (xml.IsEmptyElement) return;
        var cells = new List<List<SourceParagraph>>();
        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element) { xml.Read(); continue; }
            if (_skipped.Contains(xml.LocalName)) { xml.Skip(); continue; }
            var cell = new List<SourceParagraph>();
            ReadBlocks(xml, cell);
            if (cell.Count > 0) cells.Add(cell);
            xml.Read();
        }
        if (cells is [var only] && only.All(part => !part.TableRow)) into.AddRange(only); // a frame around ordinary paragraphs
        else if (cells.Count > 0)
            into.Add(new SourceParagraph(string.Join(" | ", cells.Select(cell => string.Join(' ', cell.Select(part => part.Text))))) { TableRow = true });
    }

    private void ReadParagraph(XmlReader xml, List<SourceParagraph> into)
    {
        if (xml.IsEmptyElement) return;
        var paragraph = new Open(styles, numbering);
        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || !ReadInline(xml, paragraph, into)) xml.Read();
        }
        into.AddRange(paragraph.Close());
    }

    /// <summary>True where the element was skipped whole and the reader already stands behind it.</summary>
    private bool ReadInline(XmlReader xml, Open paragraph, List<SourceParagraph> into)
    {
        switch (xml.LocalName)
        {
            case "pStyle": paragraph.Style = Value(xml); break;
            case "jc" or "ind": paragraph.Layout = DocxStyles.Apply(xml, paragraph.Layout); break;
            case "ilvl": paragraph.Level = DocxNumbering.Number(Value(xml)); break;
            case "numId": paragraph.List = Value(xml); break;
            case "r": paragraph.RunBold = null; break;
            case "b": paragraph.RunBold = DocxStyles.IsOn(Value(xml)); break;
            case "tabs": xml.Skip(); return true;
            case "tab" or "cr" or "noBreakHyphen": paragraph.Append(xml.LocalName == "noBreakHyphen" ? "-" : "\t"); break;
            case "br": paragraph.Break(); break;
            case "sym": paragraph.Append(Glyph(xml)); break;
            case "t": paragraph.Append(xml.ReadElementContentAsString()); return true;
            case "txbxContent": ReadBlocks(xml, into); break;
            case var name when _skipped.Contains(name): xml.Skip(); return true;
        }
        return false;
    }

    private static string? Value(XmlReader xml) => xml.GetAttribute("val", DocxStyles.W);

    private static string Glyph(XmlReader xml) =>
        int.TryParse(xml.GetAttribute("char", DocxStyles.W), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) && code is > 0x1F and < 0x10000
            ? ((char)(code < 0xF000 && code <= 0xFF ? code + 0xF000 : code)).ToString() : "";

    private const double HalfInch = 36;

    private sealed class Open(DocxStyles styles, DocxNumbering numbering)
    {
        private readonly StringBuilder _text = new();
        private readonly List<string> _lines = [];
        private bool? _boldStart;
        private bool _allBold = true;
        private int _leadingTabs;

        public string? Style { get; set; }

        public DocxLayout Layout { get; set; } = new();

        public int Level { get; set; }

        public string? List { get; set; }

        public bool? RunBold { get; set; }

        public void Append(string piece)
        {
            if (!string.IsNullOrWhiteSpace(piece))
            {
                var bold = RunBold ?? styles.Of(Style).Bold ?? false;
                _boldStart ??= bold;
                _allBold &= bold;
            }
            else if (_boldStart is null && piece == "\t") _leadingTabs++;
            _text.Append(piece);
        }

        public void Break()
        {
            _lines.Add(TextCleaning.Clean(_text.ToString()));
            _text.Clear();
        }

        public IEnumerable<SourceParagraph> Close()
        {
            Break();
            var lines = Joined(_lines.Where(line => line.Length > 0));
            if (lines.Count == 0) yield break;
            var layout = Layout.Over(styles.Of(Style));
            if (List is not null and not "0") lines[0] = numbering.Next(List, Level) + lines[0];
            foreach (var line in lines)
                yield return new SourceParagraph(line)
                {
                    Bold = _allBold,
                    BoldStart = _boldStart ?? false,
                    Centered = layout.Justification == "center",
                    RightAligned = layout.Justification is "right" or "end",
                    Indent = Indent(layout),
                };
        }

        /// <summary>A tab at the start of a hanging line leads to where the other lines begin; elsewhere to the next half inch.</summary>
        private double Indent(DocxLayout layout)
        {
            var start = (layout.Left ?? 0) + (layout.FirstLine ?? 0);
            if (_leadingTabs == 0) return start;
            return layout.FirstLine < 0 ? layout.Left ?? 0 : start + (_leadingTabs * HalfInch);
        }

        /// <summary>A line break in mid-sentence only wraps; one between sentences or headings separates.</summary>
        private static List<string> Joined(IEnumerable<string> lines)
        {
            var joined = new List<string>();
            foreach (var line in lines)
            {
                if (joined.Count > 0 && (char.IsLower(line[0]) || joined[^1][^1] == ',') && !(line.Length > 1 && line[1] == ')')) joined[^1] += " " + line;
                else joined.Add(line);
            }
            return joined;
        }
    }
}
