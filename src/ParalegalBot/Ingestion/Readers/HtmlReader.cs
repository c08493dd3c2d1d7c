using System.Runtime.CompilerServices;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>HTML: block elements and line breaks end paragraphs, table rows become text rows, scripts and navigation are left out.</summary>
internal static class HtmlReader
{
    private static readonly HashSet<string> _skipped = new(StringComparer.OrdinalIgnoreCase)
        { "SCRIPT", "STYLE", "NAV", "HEADER", "FOOTER", "NOSCRIPT", "HEAD", "BUTTON", "SELECT", "TEMPLATE" };

    private static readonly HashSet<string> _blocks = new(StringComparer.OrdinalIgnoreCase)
        { "P", "DIV", "LI", "UL", "OL", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "CENTER", "SECTION", "ARTICLE", "TABLE", "BODY", "MAIN", "DD", "DT", "DL", "PRE", "HR" };

    public static SourceText Read(Stream stream, string name)
    {
        try
        {
            using var document = new HtmlParser().ParseDocument(stream);
            var walk = new Walk();
            if (document.Body is { } body) walk.Visit(body, default);
            walk.Close(default);
            return new SourceText(SourceKind.Html, walk.Paragraphs);
        }
        catch (InsufficientExecutionStackException cause)
        {
            throw new ParalegalBotException($"«{name}» anida demasiados elementos y no se puede leer como HTML; guárdelo como texto o use el PDF.", cause);
        }
    }

    private readonly record struct Style(bool Bold, bool Centered, bool Right);

    private sealed class Walk
    {
        private readonly StringBuilder _open = new();
        private bool _boldStart;
        private bool _allBold = true;

        public List<SourceParagraph> Paragraphs { get; } = [];

        public void Visit(INode node, Style style)
        {
            foreach (var child in node.ChildNodes)
            {
                if (child is IText text) Append(text.Data, style.Bold);
                else if (child is IElement element && !_skipped.Contains(element.TagName)) Visit(element, style);
            }
        }

        private void Visit(IElement element, Style outer)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            if (element.TagName == "BR") { Close(outer); return; }
            var style = Of(element, outer);
            if (element.TagName == "TR" && element.Children.Length > 1)
            {
                Close(outer);
                var cells = element.Children.Select(cell => TextCleaning.Clean(cell.TextContent)).Where(cell => cell.Length > 0);
                var row = string.Join(" | ", cells);
                if (row.Length > 0) Paragraphs.Add(new SourceParagraph(row) { TableRow = true });
                return;
            }
            var block = _blocks.Contains(element.TagName);
            if (block) Close(outer);
            Visit((INode)element, style);
            if (block) Close(style);
        }

        private static Style Of(IElement element, Style outer)
        {
            var css = (element.GetAttribute("style") ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
            var align = (element.GetAttribute("align") ?? "").ToLowerInvariant();
            var heading = element.TagName is ['H', >= '1' and <= '6'];
            return new Style(
                outer.Bold || heading || element.TagName is "B" or "STRONG" || css.Contains("font-weight:bold", StringComparison.Ordinal),
                align == "center" || css.Contains("text-align:center", StringComparison.Ordinal) || element.TagName == "CENTER" || (outer.Centered && align.Length == 0),
                align == "right" || css.Contains("text-align:right", StringComparison.Ordinal));
        }

        private void Append(string text, bool bold)
        {
            if (string.IsNullOrWhiteSpace(text)) { _open.Append(' '); return; }
            if (string.IsNullOrWhiteSpace(_open.ToString())) (_boldStart, _allBold) = (bold, bold);
            else _allBold &= bold;
            _open.Append(text);
        }

        public void Close(Style style)
        {
            var text = TextCleaning.Clean(_open.ToString());
            _open.Clear();
            if (text.Length == 0) return;
            Paragraphs.Add(new SourceParagraph(text) { BoldStart = _boldStart, Bold = _allBold, Centered = style.Centered, RightAligned = style.Right });
        }
    }
}
