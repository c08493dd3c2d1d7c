using System.Text;

namespace ParalegalBot.Server.Channels.Activities;

internal static class ActivityMarkdown
{
    /// <summary>Text that means itself: what Markdown and HTML would read as their own is escaped.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '<') escaped.Append("&lt;");
            else if (c is '*' or '_' or '~' or '`' or '\\') escaped.Append('\\').Append(c);
            else escaped.Append(c);
        }
        return escaped.ToString();
    }
}
