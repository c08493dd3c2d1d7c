using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ParalegalBot.Tests.Server;

public sealed class ArticlePageTests : IDisposable
{
    private readonly SampleServer server = new();

    public void Dispose() => server.Dispose();

    private async Task<(HttpStatusCode Status, IHtmlDocument Page)> OpenAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        var response = await server.CreateClient().SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task The_list_tells_order_reform_and_verification()
    {
        var (_, page) = await OpenAsync("/leyes");

        var law = page.QuerySelector(".law")!.TextContent;
        foreach (var fact in new[] { "Ley de Préstamo de Libros", "Federal", "1.º de marzo de 2024", "30 de junio de 2026" })
            Assert.Contains(fact, law, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_contents_follow_the_hierarchy()
    {
        var (_, page) = await OpenAsync("/leyes/lpl");

        Assert.Equal(["Título Primero", "Título Segundo"], page.QuerySelectorAll(".division").Select(division => division.FirstChild!.TextContent.Trim()));
        Assert.Equal(
            ["/leyes/LPL/articulos/1o", "/leyes/LPL/articulos/2o", "/leyes/LPL/articulos/3o-A", "/leyes/LPL/articulos/4o", "/leyes/LPL/articulos/5o"],
            page.QuerySelectorAll(".entries a").Select(link => link.GetAttribute("href")));
        Assert.Contains("Derogado", page.QuerySelector(".entries .dead")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2o")]
    [InlineData("2")]
    [InlineData("2%C2%BA")]
    public async Task An_article_shows_its_place_text_notes_source_and_neighbours(string written)
    {
        var (status, page) = await OpenAsync($"/leyes/LPL/articulos/{written}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Artículo 2o", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("Plazo", page.QuerySelector(".heading")!.TextContent);
        Assert.Contains("Título Primero: Del objeto", page.QuerySelector(".crumbs")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("El plazo del préstamo es de quince días.", page.GetElementById("p1")!.QuerySelector(".line")!.TextContent);
        Assert.Equal("Artículo reformado DOF 01-03-2024", page.QuerySelector(".article > .note")!.TextContent);
        Assert.Equal("https://leyes.example/LPL.pdf#page=3", page.QuerySelector(".provenance a")!.GetAttribute("href"));
        Assert.Equal("/leyes/LPL/articulos/1o", page.QuerySelector("[rel=prev]")!.GetAttribute("href"));
        Assert.Equal("/leyes/LPL/articulos/3o-A", page.QuerySelector("[rel=next]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Several_cited_passages_are_marked_and_no_other()
    {
        var (_, page) = await OpenAsync("/leyes/LPL/articulos/3o-A?cita=I,II");

        Assert.Equal(["I", "II"], page.QuerySelectorAll(".passage.cited").Select(passage => passage.Id));
        Assert.Equal(["I.", "a)", "b)"], page.GetElementById("I")!.QuerySelectorAll(".label").Select(label => label.TextContent.Trim()));
        Assert.Equal("Fracción adicionada DOF 04-05-2020", page.GetElementById("II")!.QuerySelector(".note")!.TextContent);
    }

    [Fact]
    public async Task An_earlier_version_is_shown_as_such_with_a_way_to_the_present_one()
    {
        var (_, page) = await OpenAsync("/leyes/LPL/articulos/2o?fecha=2020-01-01");

        Assert.Equal("El plazo del préstamo es de diez días.", page.GetElementById("p1")!.QuerySelector(".line")!.TextContent);
        Assert.Contains("Texto anterior", page.QuerySelector(".banner")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("29 de febrero de 2024", page.QuerySelector(".banner")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/leyes/LPL/articulos/2o?fecha=2024-03-01", page.QuerySelector(".versions a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_derogated_article_is_told_as_derogated()
    {
        var (status, page) = await OpenAsync("/leyes/LPL/articulos/4o");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Artículo derogado", page.QuerySelector(".banner")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markup_in_the_text_of_a_law_stays_text()
    {
        foreach (var path in new[] { "/leyes/LPL/articulos/1o", "/leyes/LPL" })
        {
            var (_, page) = await OpenAsync(path);

            Assert.Empty(page.QuerySelectorAll("script"));
            Assert.Contains(SampleLaw.Script, page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_unknown_article_is_not_replaced_by_another()
    {
        var (status, page) = await OpenAsync("/leyes/LPL/articulos/3");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("no tiene un artículo «3»", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("/leyes/LPL/articulos/3o-A", page.QuerySelectorAll(".near a").Select(link => link.GetAttribute("href")));
        Assert.Empty(page.QuerySelectorAll(".law-text"));
    }

    [Theory]
    [InlineData("/leyes/NOHAY", 404)]
    [InlineData("/leyes/NOHAY/articulos/1", 404)]
    [InlineData("/leyes/..%2F..%2Fetc%2Fpasswd", 404)]
    [InlineData("/leyes/%2e%2e/%2e%2e/etc/passwd", 404)]
    [InlineData("/leyes/LPL/articulos/..%5C..%5Cappsettings.json", 404)]
    [InlineData("/leyes/LPL/articulos/%01%7F", 404)]
    [InlineData("/leyes/LPL/articulos/2o?fecha=1990-01-01", 404)]
    [InlineData("/leyes/LPL/articulos/2o?fecha=ayer", 400)]
    [InlineData("/leyes/%3Cscript%3Ealert(1)%3C%2Fscript%3E", 404)]
    [InlineData("/appsettings.json", 404)]
    [InlineData("/no/hay", 404)]
    public async Task What_is_not_there_gets_a_page_that_says_so(string path, int expected)
    {
        var (status, page) = await OpenAsync(path);

        Assert.Equal(expected, (int)status);
        Assert.NotEmpty(page.QuerySelector(".failure h1")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.NotNull(page.QuerySelector("a[href='/leyes']"));
    }
}
