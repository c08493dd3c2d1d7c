using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using ParalegalBot.Server.Teams;
using ParalegalBot.Tests.Server;

namespace ParalegalBot.Tests.Teams;

public sealed class TeamsSettingsTests
{
    private const string Id = BotFrameworkStub.AppId;
    private const string Government = "https://botframework.azure.us";

    [Theory]
    [InlineData("", "", "secreto", "", "MicrosoftAppId")] // half: a secret without an app
    [InlineData("", "", "", "inquilino", "MicrosoftAppId")]
    [InlineData("", Id, "", "", "MicrosoftAppPassword")]
    [InlineData("SingleTenant", Id, "secreto", "", "MicrosoftAppTenantId")]
    [InlineData("UserAssignedMSI", Id, "", "", "MicrosoftAppTenantId")]
    [InlineData("UserAssignedMSI", Id, "secreto", "inquilino", "MicrosoftAppType")]
    [InlineData("Otro", Id, "secreto", "", "MicrosoftAppType")]
    [InlineData("", "no-guid", "secreto", "", "MicrosoftAppId")]
    public void Half_configured_credentials_stop_the_start_and_are_named(string type, string id, string password, string tenant, string named)
    {
        using var server = new SampleServer { ["MicrosoftAppType"] = type, ["MicrosoftAppId"] = id, ["MicrosoftAppPassword"] = password, ["MicrosoftAppTenantId"] = tenant };

        var error = Assert.Throws<OptionsValidationException>(server.CreateClient);

        Assert.StartsWith(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secreto", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cloudadapter", "Teams:Adapter = 'cloudadapter': este programa se compiló sin esa parte")]
    [InlineData("otro", "Teams:Adapter = 'otro': write protocol or cloudadapter.")]
    public void An_adapter_that_is_not_there_stops_the_start_with_one_sentence(string adapter, string sentence)
    {
        using var server = new SampleServer { ["Teams:Adapter"] = adapter };

        Assert.StartsWith(sentence, Assert.Throws<OptionsValidationException>(server.CreateClient).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", "", 404)]
    [InlineData("Production", "http://127.0.0.1:9/", 404)]
    [InlineData("Development", "http://127.0.0.1:9/", 200)]
    [InlineData("Development", "https://smba.trafficmanager.net/amer/", 401)] // without a token only this machine is answered
    [InlineData("Development", "http://169.254.169.254/", 400)]
    [InlineData("Development", "file:///etc/passwd", 400)]
    [InlineData("Development", "http://user:pass@127.0.0.1/", 400)]
    public async Task Without_credentials_it_is_off_and_in_Development_open_to_this_machine(string environment, string service, int status)
    {
        using var server = new SampleServer { ["environment"] = environment };
        var body = $$"""{"type":"event","channelId":"msteams","serviceUrl":"{{service}}"}""";

        var response = await server.CreateClient().PostAsync("/api/messages", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
    }

    [Theory]
    [InlineData("MultiTenant", "", "https://api.botframework.com", "https://login.botframework.com/v1/.well-known/openidconfiguration", "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token")]
    [InlineData("SingleTenant", "", "https://api.botframework.com", "https://login.botframework.com/v1/.well-known/openidconfiguration", "https://login.microsoftonline.com/inquilino/oauth2/v2.0/token")]
    [InlineData("MultiTenant", Government, "https://api.botframework.us", "https://login.botframework.azure.us/v1/.well-known/openidconfiguration", "https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us/oauth2/v2.0/token")]
    public void Each_cloud_has_its_own_issuer_keys_and_login(string type, string service, string issuer, string metadata, string login)
    {
        var app = Options.Create(new MicrosoftAppOptions { MicrosoftAppType = type, MicrosoftAppId = Id, MicrosoftAppPassword = "secreto", MicrosoftAppTenantId = "inquilino", ChannelService = service });

        var cloud = new BotCloud(app, Options.Create(new TeamsOptions()), new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = "Production" });

        Assert.Equal((issuer, metadata, login), (cloud.Issuer, cloud.Metadata.AbsoluteUri, cloud.Login.AbsoluteUri));
    }
}
