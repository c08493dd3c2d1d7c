using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Records;

namespace ParalegalBot.Tests.Server;

/// <summary>The operations page behind a firm's own identity provider: the whole flow of the authorization code, as a browser goes through it.</summary>
public sealed class OpenIdConnectTests : IAsyncLifetime
{
    private IdentityProviderStub provider = null!;
    private SampleServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        provider = await IdentityProviderStub.StartAsync();
        server = new SampleServer
        {
            ["Operations:Oidc:Authority"] = provider.Address,
            ["Operations:Oidc:ClientId"] = IdentityProviderStub.ClientId,
            ["Operations:Oidc:ClientSecret"] = IdentityProviderStub.Secret,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task Without_signing_in_everybody_is_sent_to_the_door_which_offers_the_provider_and_asks_for_no_key()
    {
        var client = Browser();

        var sent = await client.GetAsync("/operations", Cancel);
        var door = new HtmlParser().ParseDocument(await client.GetStringAsync("/operations/entrar", Cancel));

        Assert.Equal((HttpStatusCode.Redirect, "/operations/entrar"), (sent.StatusCode, sent.Headers.Location?.OriginalString));
        Assert.NotNull(door.QuerySelector("a[href='/operations/entrar/proveedor']"));
        Assert.Null(door.QuerySelector("input[type=password]"));
    }

    [Fact]
    public async Task The_lawyer_s_role_sees_texts_and_is_recorded_by_name()
    {
        Record();
        var client = Browser();
        provider.Claims["roles"] = new[] { "otro", "paralegal-lawyer" };

        Assert.Equal("/operations", await SignInAsync(client));

        Assert.Contains("secretísimo", await client.GetStringAsync("/operations", Cancel), StringComparison.Ordinal);
        Assert.Contains("secretísimo", await client.GetStringAsync("/operations/respuestas/a1", Cancel), StringComparison.Ordinal);
        Assert.Equal("question_seen", server.Services.GetRequiredService<AuditLog>().Export("Lic. Ana").Single().Reason);
    }

    [Fact]
    public async Task The_operator_s_role_sees_counts_and_no_text()
    {
        Record();
        var client = Browser();
        provider.Claims["roles"] = "paralegal-operator";

        Assert.Equal("/operations", await SignInAsync(client));

        var page = await client.GetStringAsync("/operations", Cancel) + await client.GetStringAsync("/operations/respuestas/a1", Cancel) + await client.GetStringAsync("/operations/respuestas.csv", Cancel);
        Assert.Contains("1 preguntas", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secretísimo", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no role")]
    [InlineData("another role")]
    [InlineData("another audience")]
    [InlineData("another issuer")]
    [InlineData("another nonce")]
    [InlineData("expired")]
    [InlineData("forged")]
    public async Task A_token_that_does_not_speak_for_a_person_with_a_role_here_opens_nothing(string fault)
    {
        var client = Browser();
        provider.Claims["roles"] = fault == "another role" ? "contador" : "paralegal-lawyer";
        if (fault == "no role") provider.Claims.Remove("roles");
        if (fault == "another audience") provider.Claims["aud"] = "otra-aplicacion";
        if (fault == "another issuer") provider.Claims["iss"] = "https://elsewhere.example";
        if (fault == "another nonce") provider.Claims["nonce"] = "repetido";
        if (fault == "expired") provider.Claims["exp"] = 1_700_000_000;
        provider.Forged = fault == "forged";

        Assert.Equal("/operations/entrar?error=rol", await SignInAsync(client));

        Assert.Equal("/operations/entrar", (await client.GetAsync("/operations", Cancel)).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_code_that_somebody_else_asked_for_opens_nothing()
    {
        provider.Claims["roles"] = "paralegal-lawyer";
        var (address, form) = await AskAsync(Browser());
        var thief = Browser();

        var response = await thief.PostAsync(address, form, Cancel);

        Assert.Equal("/operations/entrar?error=rol", response.Headers.Location?.OriginalString);
        Assert.Equal("/operations/entrar", (await thief.GetAsync("/operations", Cancel)).Headers.Location?.OriginalString);
    }

    /// <summary>By https, as behind a proxy with TLS: the cookies that hold the flow together are for https alone.</summary>
    private HttpClient Browser() => server.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri("https://localhost") });

    /// <summary>Goes to the provider and comes back; where the server then sends the browser.</summary>
    private async Task<string?> SignInAsync(HttpClient client)
    {
        var (address, form) = await AskAsync(client);
        var response = await client.PostAsync(address, form, Cancel);
        Assert.Empty(provider.Refusals); // PKCE, client and redirect address were in order
        return response.Headers.Location?.OriginalString;
    }

    /// <summary>The form with which the provider sends the browser back.</summary>
    private async Task<(string Address, FormUrlEncodedContent Form)> AskAsync(HttpClient client)
    {
        var sent = await client.GetAsync("/operations/entrar/proveedor", Cancel);
        Assert.StartsWith($"{provider.Address}/authorize?", sent.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var outside = new HttpClient();
        var form = (IHtmlFormElement)new HtmlParser().ParseDocument(await outside.GetStringAsync(sent.Headers.Location, Cancel)).QuerySelector("form")!;
        return (form.GetAttribute("action")!, new FormUrlEncodedContent(form.QuerySelectorAll("input").OfType<IHtmlInputElement>().Select(input => KeyValuePair.Create(input.Name!, input.Value))));
    }

    private void Record() => server.Services.GetRequiredService<AuditLog>().Append(new AuditEntry
    {
        Id = "a1", Person = "ana", Channel = "web", Question = "¿Cuánto dura el préstamo secretísimo?", Outcome = "cited", Answer = """{"text":"El préstamo dura quince días."}""", Engine = "extractive",
    });
}
