using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ParalegalBot.Conversations;

/// <summary>The few paragraph styles of a downloaded reply; sizes are in half points.</summary>
internal static class ReplyDocumentStyles
{
    private const string Accent = "7A1F2E";

    public static Styles Create() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri", ComplexScript = "Calibri" },
                new FontSize { Val = "22" },
                new Languages { Val = "es-MX" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "120", Line = "276", LineRule = LineSpacingRuleValues.Auto }))),
        Paragraph("Normal", "Normal", null, null, isDefault: true),
        Paragraph("Title", "Title", null, new StyleRunProperties(new Bold(), new Color { Val = Accent }, new FontSize { Val = "36" })),
        Paragraph("Heading1", "heading 1",
            new StyleParagraphProperties(new KeepNext(), new SpacingBetweenLines { Before = "280", After = "80" }, new OutlineLevel { Val = 0 }),
            new StyleRunProperties(new Bold(), new Color { Val = Accent }, new FontSize { Val = "26" })),
        Paragraph("Quote", "Quote", new StyleParagraphProperties(new Indentation { Left = "567", Right = "567" }),
            new StyleRunProperties(new RunFonts { Ascii = "Georgia", HighAnsi = "Georgia" })),
        Paragraph("Small", "Small", null, new StyleRunProperties(new Color { Val = "5B5348" }, new FontSize { Val = "18" })),
        new Style(new StyleName { Val = "Hyperlink" }, new StyleRunProperties(new Color { Val = Accent }, new Underline { Val = UnderlineValues.Single }))
        {
            Type = StyleValues.Character,
            StyleId = "Hyperlink",
        });

    private static Style Paragraph(string id, string name, StyleParagraphProperties? paragraph, StyleRunProperties? run, bool isDefault = false)
    {
        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id };
        if (isDefault) style.Default = OnOffValue.FromBoolean(true);
        else style.Append(new BasedOn { Val = "Normal" });
        if (paragraph is not null) style.Append(paragraph);
        if (run is not null) style.Append(run);
        return style;
    }
}
