using Microsoft.Playwright;

namespace ParalegalBot.EndToEnd.Tests;

public sealed class ChatTests(RunningServer server, ChromiumBrowser chromium) : IClassFixture<RunningServer>, IClassFixture<ChromiumBrowser>
{
    private const string Answerable = "¿Qué plazo tiene el préstamo según el artículo 2o de la Ley de Préstamo de Libros?";
    private const string OutsideTheLaw = "¿Quién ganó el mundial de futbol de 1986?";

    private Task<ChatWindow> OpenAsync(BrowserNewContextOptions? options = null) => ChatWindow.OpenAsync(chromium.Need(), server.Address, options);

    [Fact]
    public async Task A_question_is_answered_and_its_citation_opens_the_marked_passage()
    {
        await using var chat = await OpenAsync();

        await chat.AskAsync(Answerable);
        await Assertions.Expect(chat.LastAnswer).ToContainTextAsync("quince días");
        await chat.LastAnswer.GetByRole(AriaRole.Link, new() { NameRegex = new("^Cita 1") }).First.ClickAsync();

        await Assertions.Expect(chat.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/leyes/LPL/articulos/2o#p1$"));
        var cited = chat.Page.Locator("#p1");
        await Assertions.Expect(cited).ToBeInViewportAsync();
        await Assertions.Expect(cited).ToContainTextAsync("quince días");
        Assert.NotEqual(await BackgroundOf(chat.Page.Locator("#p2")), await BackgroundOf(cited));
    }

    [Fact]
    public async Task A_question_outside_the_law_is_refused_with_a_reason_and_a_way_on()
    {
        await using var chat = await OpenAsync();

        await chat.AskAsync(OutsideTheLaw);

        await Assertions.Expect(chat.LastAnswer).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("is-refused"));
        await Assertions.Expect(chat.LastAnswer.Locator(".help")).Not.ToBeEmptyAsync();
        await Assertions.Expect(chat.LastAnswer.Locator(".cite")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_conversation_survives_a_reload_until_a_new_one_is_started()
    {
        await using var chat = await OpenAsync();
        await chat.AskAsync(OutsideTheLaw);
        await chat.AskAsync(Answerable);

        await chat.ReloadAsync();
        await Assertions.Expect(chat.Answers).ToHaveCountAsync(2);
        await Assertions.Expect(chat.LastAnswer).ToContainTextAsync("quince días");
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Nueva conversación" }).ClickAsync();
        await Assertions.Expect(chat.Answers).ToHaveCountAsync(0);
        await Assertions.Expect(chat.Question).ToBeFocusedAsync();
        await chat.ReloadAsync();

        await Assertions.Expect(chat.Answers).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Erasing_one_s_data_empties_the_conversation_and_says_so()
    {
        await using var chat = await OpenAsync();
        await chat.AskAsync(Answerable);

        await chat.Question.FillAsync("borrar mis datos");
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Preguntar" }).ClickAsync();
        await Assertions.Expect(chat.Answers).ToHaveCountAsync(1);
        await Assertions.Expect(chat.LastAnswer).ToContainTextAsync("Listo: borré sus preguntas");
        await chat.ReloadAsync();

        await Assertions.Expect(chat.Answers).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_keyboard_alone_asks_reads_and_follows_a_citation()
    {
        await using var chat = await OpenAsync();

        await chat.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(chat.Page.GetByRole(AriaRole.Link, new() { Name = "Ir al contenido" })).ToBeFocusedAsync();
        await TabTo(chat.Page, chat.Question);
        await chat.Page.Keyboard.TypeAsync(Answerable);
        await chat.Page.Keyboard.PressAsync("Enter");
        await chat.LastAnswer.WaitForAsync();
        await Assertions.Expect(chat.Question).ToBeFocusedAsync();
        await TabTo(chat.Page, chat.LastAnswer.Locator(".cite").First, "Shift+Tab");
        await chat.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(chat.Page.GetByRole(AriaRole.Heading, new() { Name = "Artículo 2o" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Answers_are_announced_politely_and_everything_has_a_name()
    {
        await using var chat = await OpenAsync();

        await Assertions.Expect(chat.Page.GetByRole(AriaRole.Log)).ToHaveAttributeAsync("aria-live", "polite");
        await Assertions.Expect(chat.Page.GetByRole(AriaRole.Main)).ToHaveCountAsync(1);
        await Assertions.Expect(chat.Page.GetByRole(AriaRole.Banner)).ToHaveCountAsync(1);
        await Assertions.Expect(chat.Page.Locator("html")).ToHaveAttributeAsync("lang", "es-MX");
        await Assertions.Expect(chat.Page.GetByText("no asesoría legal").First).ToBeVisibleAsync();
        await Assertions.Expect(chat.Page.GetByText("Lic. Ana Ruiz").First).ToBeVisibleAsync();
        var nameless = await chat.Page.EvaluateAsync<int>(
            "[...document.querySelectorAll('button, a, input, select, textarea')].filter(e => !(e.textContent.trim() || e.labels?.length || e.ariaLabel)).length");
        Assert.Equal(0, nameless);
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1280, 800)]
    public async Task Nothing_is_wider_than_the_screen(int width, int height)
    {
        await using var chat = await OpenAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        await chat.AskAsync(Answerable);
        await Assertions.Expect(chat.Question).ToBeInViewportAsync();

        foreach (var path in new[] { "/", "/leyes", "/leyes/LPL", "/leyes/LPL/articulos/3o-A" })
        {
            await chat.GoAsync(path);
            Assert.Equal(0, await chat.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_stands_out_from_its_background_in_light_and_dark(ColorScheme scheme)
    {
        await using var chat = await OpenAsync(new() { ColorScheme = scheme });
        await chat.AskAsync(Answerable);

        foreach (var selector in new[] { "body", ".brand-firm", ".reply", ".reply .currency", ".cite", ".primary", ".hint" })
        {
            var contrast = await chat.Page.Locator(selector).First.EvaluateAsync<double>(Contrast);
            Assert.True(contrast >= 4.5, $"{selector} in {scheme}: {contrast:0.00}");
        }
        var lightness = await chat.Page.EvaluateAsync<double>("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0) / 765");
        Assert.Equal(scheme == ColorScheme.Dark, lightness < 0.5);
    }

    [Fact]
    public async Task Markup_in_a_question_stays_text()
    {
        await using var chat = await OpenAsync();

        await chat.AskAsync("<img src=x onerror=alert(1)> <script>alert(2)</script> ¿artículo 2o de la LPL?");
        await chat.ReloadAsync();

        await Assertions.Expect(chat.Page.Locator(".asked")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        await Assertions.Expect(chat.Page.Locator("#conversacion :is(img, script)")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_answer_is_copied_with_its_citations_rated_and_downloaded()
    {
        await using var chat = await OpenAsync(new() { Permissions = ["clipboard-read", "clipboard-write"] });
        await chat.AskAsync(Answerable);

        await chat.LastAnswer.GetByRole(AriaRole.Button, new() { Name = "Copiar con citas" }).ClickAsync();
        await Assertions.Expect(chat.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Respuesta copiada con sus citas.");
        var copied = await chat.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        await chat.LastAnswer.GetByRole(AriaRole.Button, new() { Name = "Útil", Exact = true }).ClickAsync();
        await Assertions.Expect(chat.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Gracias por su valoración.");
        var download = await chat.Page.RunAndWaitForDownloadAsync(() => chat.LastAnswer.GetByRole(AriaRole.Link, new() { Name = "Descargar DOCX" }).ClickAsync());

        Assert.Contains($"{server.Address}leyes/LPL/articulos/2o#p1", copied, StringComparison.Ordinal);
        Assert.EndsWith(".docx", download.SuggestedFilename, StringComparison.Ordinal);
        await using var file = File.OpenRead(await download.PathAsync());
        Assert.Equal('P', file.ReadByte());
    }

    private static async Task TabTo(IPage page, ILocator target, string key = "Tab")
    {
        for (var presses = 0; presses < 60; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await page.Keyboard.PressAsync(key);
        }
        Assert.Fail($"{target} cannot be reached with {key}.");
    }

    private static Task<string> BackgroundOf(ILocator element) => element.EvaluateAsync<string>("element => getComputedStyle(element).backgroundColor");

    /// <summary>The contrast ratio of WCAG 2 between an element's text and the first background behind it.</summary>
    private const string Contrast = """
        element => {
          const channels = color => color.match(/[\d.]+/g).map(Number);
          const luminance = color => channels(color).slice(0, 3)
            .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          let behind = element;
          while (channels(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
          const [a, b] = [luminance(getComputedStyle(element).color), luminance(getComputedStyle(behind).backgroundColor)].sort((x, y) => y - x);
          return (a + 0.05) / (b + 0.05);
        }
        """;
}
