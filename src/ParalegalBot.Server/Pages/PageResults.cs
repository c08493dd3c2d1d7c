using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using ParalegalBot.Server.Articles;

namespace ParalegalBot.Server.Pages;

/// <summary>Pages are components rendered once on the server; whatever they show is encoded by the renderer.</summary>
public static class PageResults
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<LawOutlines>();
        return services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // accents stay readable in the source of the page
    }

    /// <summary>A page with its parameters by name.</summary>
    public static RazorComponentResult<TPage> Page<TPage>(int status, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where TPage : IComponent
    {
        var named = new Dictionary<string, object?>();
        foreach (var (name, value) in parameters) named[name] = value;
        return new RazorComponentResult<TPage>(named) { StatusCode = status, PreventStreamingRendering = true };
    }

    internal static IResult Failure(int status, string title, string detail) => Page<FailurePage>(
        status, (nameof(FailurePage.Status), status), (nameof(FailurePage.Title), title), (nameof(FailurePage.Detail), detail));
}
