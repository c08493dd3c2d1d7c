using System.Text.RegularExpressions;
using ParalegalBot.Configuration;
using YamlDotNet.RepresentationModel;

namespace ParalegalBot.Tests.Deployment;

/// <summary>Rules that hold for Dockerfile and compose file, checked without an engine.</summary>
public sealed partial class ContainerTests
{
    private static readonly HashSet<string> KnownKeys =
    [
        "build", "cap_drop", "command", "depends_on", "deploy", "environment", "healthcheck", "image", "mem_limit", "networks", "ports", "profiles", "read_only", "restart", "secrets",
        "security_opt", "stop_grace_period", "tmpfs", "volumes",
    ];

    private static readonly string[] Dockerfile = [.. Joined().Replace(File.ReadAllText(Path.Combine(YamlFile.Folder, "Dockerfile")), " ").Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')];

    private static readonly YamlMappingNode Compose = YamlFile.Read("compose.yaml").Single();

    public static TheoryData<string> Services => [.. Compose.Map("services").Select(service => service.Key)];

    [Fact]
    public void The_image_is_built_in_stages_from_named_versions()
    {
        var bases = Dockerfile.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, bases.Count);
        Assert.All(bases, line => Assert.Matches(@"^FROM [\w./-]+:\d[\w.-]*( AS \w+)?$", line));
    }

    [Fact]
    public void The_last_stage_runs_as_a_user_without_rights_and_says_whether_it_lives()
    {
        var last = Dockerfile.Skip(Array.FindLastIndex(Dockerfile, line => line.StartsWith("FROM ", StringComparison.Ordinal))).ToList();

        Assert.Equal("USER app", last.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.True(last.FindIndex(line => line.StartsWith("USER ", StringComparison.Ordinal)) < last.FindIndex(line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal)));
        Assert.Contains(last, line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal) && line.Contains("/health/live", StringComparison.Ordinal));
        Assert.All(last.Where(line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal) || line.StartsWith("CMD", StringComparison.Ordinal)), line => Assert.Contains("[\"", line, StringComparison.Ordinal));
        Assert.All(last.Where(line => line.StartsWith("COPY", StringComparison.Ordinal)), line => Assert.Contains("--from=build", line, StringComparison.Ordinal));
        Assert.DoesNotContain(last, line => line.StartsWith("RUN", StringComparison.Ordinal));
    }

    [Fact]
    public void The_image_holds_no_secret_and_the_production_build_takes_the_chosen_packages()
    {
        Assert.DoesNotContain(Dockerfile, line => line.StartsWith("ADD ", StringComparison.Ordinal) || line.Contains("sudo", StringComparison.Ordinal) || line.Contains(":latest", StringComparison.Ordinal));
        Assert.DoesNotMatch("(?i)(ENV|ARG) [^\n]*(key|secret|password|token)", string.Join('\n', Dockerfile));
        Assert.Contains("ARG ONPREM=true", Dockerfile);
        Assert.All(Dockerfile.Where(line => line.Contains("dotnet publish", StringComparison.Ordinal)), line => Assert.Contains("-p:OnPrem=${ONPREM}", line, StringComparison.Ordinal));
        Assert.All(Dockerfile.Where(line => line.StartsWith("WORKDIR ", StringComparison.Ordinal)), line => Assert.StartsWith("WORKDIR /", line, StringComparison.Ordinal));
        Assert.Contains("deploy/secrets", File.ReadAllLines(Path.Combine(Shared.Repository, ".dockerignore")));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_is_known_pinned_and_confined(string name)
    {
        var service = Compose.At("services", name)!;

        Assert.Empty(service.Map().Select(pair => pair.Key).Except(KnownKeys));
        Assert.True(service.At("build") is not null || service.Text("image") is { } image && Pinned().IsMatch(image));
        Assert.Contains("no-new-privileges:true", service.List("security_opt").Select(option => option.ToString()));
        Assert.Empty(service.List("networks").Select(network => network.ToString()).Except(Compose.Map("networks").Select(network => network.Key)));
        Assert.Empty(service.List("secrets").Select(secret => secret.ToString()).Except(Compose.Map("secrets").Select(secret => secret.Key)));
        Assert.Empty(service.List("volumes").Select(volume => volume.ToString().Split(':')[0]).Where(volume => volume[0] is not ('.' or '$' or '/')).Except(Compose.Map("volumes").Select(volume => volume.Key)));
        Assert.Equal("unless-stopped", service.Text("restart"));
        foreach (var (key, value) in service.Map("environment"))
        {
            if (Secrets.IsSecret(key)) Assert.StartsWith("${", value.ToString(), StringComparison.Ordinal);
            if (key.Contains("__", StringComparison.Ordinal) && name == "bot") Assert.True(Settings.Exists(key), $"{key} is no setting of the bot.");
        }
    }

    [Fact]
    public void Only_the_bot_is_reached_from_outside_and_only_on_this_machine()
    {
        Assert.Equal(["bot"], Compose.Map("services").Where(service => service.Value.At("ports") is not null).Select(service => service.Key));
        Assert.All(Compose.List("services", "bot", "ports"), port => Assert.StartsWith("127.0.0.1:", port.ToString(), StringComparison.Ordinal));
        Assert.Equal(["bot"], Compose.Map("services").Where(service => service.Value.List("networks").Any(network => network.ToString() == "outside")).Select(service => service.Key));
        Assert.Equal("true", Compose.Text("networks", "inside", "internal"));
        Assert.Equal("true", Compose.Text("services", "bot", "read_only"));
    }

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Joined();

    [GeneratedRegex(@"^[\w./-]+:(?!latest)[\w.-]*\d[\w.-]*$")]
    private static partial Regex Pinned();
}
