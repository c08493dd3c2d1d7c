using System.Buffers.Text;
using System.Security.Cryptography;

namespace ParalegalBot.Server.WebChat;

/// <summary>Which conversation a browser holds: a random id in a cookie that no script and no other site can use.</summary>
internal static class ConversationCookie
{
    private const string Name = "paralegal_conversacion";
    private const int Bytes = 16;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>The conversation's id; null where the browser has none or sent something else.</summary>
    public static string? Read(HttpContext context) =>
        context.Request.Cookies.TryGetValue(Name, out var id) && id.Length == Base64Url.GetEncodedLength(Bytes) && Base64Url.IsValid(id) ? id : null;

    /// <summary>The conversation's id, a new one where there is none.</summary>
    public static string ReadOrIssue(HttpContext context)
    {
        if (Read(context) is { } known) return known;
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        context.Response.Cookies.Append(Name, id, Options(context, Kept));
        return id;
    }

    public static void Forget(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? age) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        IsEssential = true,
        Path = "/",
        MaxAge = age,
    };
}
