using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Configuration;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("Operations:Key", true)]
    [InlineData("Qdrant:ApiKey", true)]
    [InlineData("Operations:Oidc:ClientSecret", true)]
    [InlineData("MicrosoftAppPassword", true)]
    [InlineData("WhatsApp:VerifyToken", true)]
    [InlineData("Records:ConnectionString", true)]
    [InlineData("Records:Path", false)]
    [InlineData("Firm:Name", false)]
    public void A_secret_is_told_by_its_name_and_shown_as_dots(string setting, bool secret)
    {
        Assert.Equal(secret, Secrets.IsSecret(setting));
        Assert.Equal(secret ? "•••" : "valor", Secrets.Shown(setting, "valor"));
        Assert.Equal("", Secrets.Shown(setting, ""));
    }

    [Fact]
    public void A_file_named_beside_a_secret_becomes_its_value_and_other_settings_do_not()
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder["key"], "la-clave\n");

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Operations:KeyFile", folder["key"]), new("Operations:Key", "otra"), new("Firm:NameFile", folder["key"])]).AddSecretFiles().Build();

        Assert.Equal("la-clave", configuration["Operations:Key"]);
        Assert.Null(configuration["Firm:Name"]);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        var failure = Assert.Throws<ParalegalBotException>(() => new ConfigurationBuilder().AddInMemoryCollection([new("Qdrant:ApiKeyFile", "/no/hay")]).AddSecretFiles());

        Assert.Contains("Qdrant:ApiKeyFile = '/no/hay'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_secret_is_not_printed_in_the_error()
    {
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Records:ConnectionString", "Password=secreta;Host=")]).Build())
            .AddValidatedOptions<RecordsOptions, RecordsOptions.Rules>("Records").BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<RecordsOptions>>().Value);

        Assert.Contains("Records:ConnectionString = '•••'", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secreta", failure.Message, StringComparison.Ordinal);
    }
}
