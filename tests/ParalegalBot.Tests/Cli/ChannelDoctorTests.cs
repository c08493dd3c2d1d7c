using Microsoft.Extensions.Configuration;
using ParalegalBot.Cli.Commands;

namespace ParalegalBot.Tests.Cli;

public sealed class ChannelDoctorTests
{
    [Theory]
    [InlineData("WhatsApp", true, "apagado")]
    [InlineData("WhatsApp", false, "falta WhatsApp:AccessToken, WhatsApp:PhoneNumberId", "WhatsApp:AppSecret=s", "WhatsApp:VerifyToken=v")]
    [InlineData("WhatsApp", false, "sin plantilla", "WhatsApp:AppSecret=s", "WhatsApp:VerifyToken=v", "WhatsApp:AccessToken=t", "WhatsApp:PhoneNumberId=1")]
    [InlineData("WhatsApp", true, "plantilla «aviso»", "WhatsApp:AppSecret=s", "WhatsApp:VerifyToken=v", "WhatsApp:AccessToken=t", "WhatsApp:PhoneNumberId=1", "WhatsApp:Template=aviso")]
    [InlineData("Teams", true, "apagado")]
    [InlineData("Teams", false, "falta MicrosoftAppPassword", "MicrosoftAppId=a")]
    [InlineData("Teams", true, "adaptador cloudadapter", "MicrosoftAppId=a", "MicrosoftAppPassword=secreta", "Teams:Adapter=cloudadapter")]
    [InlineData("Teams", true, "encendido", "MicrosoftAppId=a", "MicrosoftAppType=UserAssignedMSI")]
    public void A_channel_is_off_complete_or_missing_something(string channel, bool ok, string says, params string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => setting.Split('=')).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build();

        var line = ChannelDoctor.Checks(configuration).Single(line => line.Name == channel);

        Assert.Equal(ok, line.Ok);
        Assert.Contains(says, line.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("secreta", line.Detail, StringComparison.Ordinal);
    }
}
