using ParalegalBot.Configuration;
using YamlDotNet.RepresentationModel;

namespace ParalegalBot.Tests.Deployment;

/// <summary>Rules that hold for the manifests of deploy/k8s, checked without a cluster.</summary>
public sealed class KubernetesTests
{
    private static readonly Dictionary<string, string> Versions = new()
    {
        ["Namespace"] = "v1", ["ServiceAccount"] = "v1", ["ConfigMap"] = "v1", ["Service"] = "v1", ["Secret"] = "v1", ["PersistentVolumeClaim"] = "v1", ["StatefulSet"] = "apps/v1",
        ["Deployment"] = "apps/v1", ["PodDisruptionBudget"] = "policy/v1", ["NetworkPolicy"] = "networking.k8s.io/v1", ["Ingress"] = "networking.k8s.io/v1",
    };

    private static readonly IReadOnlyList<YamlMappingNode> All =
        [.. Directory.GetFiles(Path.Combine(YamlFile.Folder, "k8s"), "*.yaml").Order().SelectMany(file => YamlFile.Read(Path.Combine("k8s", Path.GetFileName(file))))];

    private static IEnumerable<YamlMappingNode> Of(params ReadOnlySpan<string> kinds)
    {
        var wanted = kinds.ToArray();
        return All.Where(manifest => wanted.Contains(manifest.Text("kind")));
    }

    private static IEnumerable<YamlMappingNode> Workloads => Of("StatefulSet", "Deployment");

    [Fact]
    public void Every_manifest_is_of_a_known_kind_in_one_namespace_and_stands_once()
    {
        Assert.All(All, manifest => Assert.Equal(Versions[manifest.Text("kind")!], manifest.Text("apiVersion")));
        Assert.All(All.Where(manifest => manifest.Text("kind") != "Namespace"), manifest => Assert.Equal("paralegal", manifest.Text("metadata", "namespace")));
        Assert.Equal(All.Count, All.Select(manifest => (manifest.Text("kind"), manifest.Text("metadata", "name"))).Distinct().Count());
        Assert.Equal("restricted", Of("Namespace").Single().Text("metadata", "labels", "pod-security.kubernetes.io/enforce"));
    }

    [Fact]
    public void Every_container_is_confined_limited_and_watched()
    {
        foreach (var workload in Workloads)
        {
            var pod = workload.At("spec", "template", "spec")!;
            Assert.Equal("true", pod.Text("securityContext", "runAsNonRoot"));
            Assert.Equal("RuntimeDefault", pod.Text("securityContext", "seccompProfile", "type"));
            Assert.Equal("false", pod.Text("automountServiceAccountToken"));
            foreach (var container in pod.List("containers"))
            {
                Assert.Matches(@"^[\w./-]+:(?!latest)[\w.-]*\d", container.Text("image")!);
                Assert.Equal("false", container.Text("securityContext", "allowPrivilegeEscalation"));
                Assert.Equal(["ALL"], container.List("securityContext", "capabilities", "drop").Select(dropped => dropped.ToString()));
                foreach (var probe in new[] { "livenessProbe", "readinessProbe" }) Assert.NotNull(container.At(probe));
                foreach (var amount in new[] { "cpu", "memory" })
                {
                    Assert.NotNull(container.Text("resources", "requests", amount));
                    Assert.NotNull(container.Text("resources", "limits", amount));
                }
                var volumes = pod.List("volumes").Select(volume => volume.Text("name")).Concat(workload.List("spec", "volumeClaimTemplates").Select(claim => claim.Text("metadata", "name")));
                Assert.Empty(container.List("volumeMounts").Select(mount => mount.Text("name")).Except(volumes));
                var ports = container.List("ports").Select(port => port.Text("name")).ToList();
                Assert.All(new[] { "startupProbe", "livenessProbe", "readinessProbe" }.Select(probe => container.Text(probe, "httpGet", "port")).OfType<string>(), port => Assert.Contains(port, ports));
            }
        }
        var bot = Workloads.Single(workload => workload.Text("metadata", "name") == "bot");
        Assert.Equal("true", bot.At("spec", "template", "spec")!.List("containers")[0].Text("securityContext", "readOnlyRootFilesystem"));
        Assert.True(int.Parse(bot.Text("spec", "replicas")!) >= 2);
    }

    [Fact]
    public void Selectors_find_what_they_mean()
    {
        var labels = Workloads.Select(workload => workload.Text("spec", "template", "metadata", "labels", "app")).ToList();

        Assert.All(Workloads, workload => Assert.Equal(workload.Text("spec", "template", "metadata", "labels", "app"), workload.Text("spec", "selector", "matchLabels", "app")));
        Assert.All(Of("Service"), service => Assert.Contains(service.Text("spec", "selector", "app"), labels));
        Assert.All(Workloads.Where(workload => workload.Text("kind") == "StatefulSet"), set => Assert.Contains(Of("Service"), service => service.Text("metadata", "name") == set.Text("spec", "serviceName")));
        Assert.All(Of("Ingress").SelectMany(ingress => ingress.List("spec", "rules")).SelectMany(rule => rule.List("http", "paths")), path =>
            Assert.Contains(Of("Service"), service => service.Text("metadata", "name") == path.Text("backend", "service", "name")));
    }

    [Fact]
    public void The_model_stands_on_a_machine_with_a_gpu()
    {
        var pod = Workloads.Single(workload => workload.Text("metadata", "name") == "llama").At("spec", "template", "spec")!;

        Assert.Equal("true", pod.Text("nodeSelector", "nvidia.com/gpu.present"));
        Assert.Equal("1", pod.List("containers")[0].Text("resources", "limits", "nvidia.com/gpu"));
    }

    [Fact]
    public void Nothing_leaves_but_the_bot_by_tls_to_the_channels()
    {
        var policies = Of("NetworkPolicy").ToList();
        var deny = policies.Single(policy => policy.Text("metadata", "name") == "deny-all");
        Assert.Empty(deny.Map("spec", "podSelector"));
        Assert.Equal(["Ingress", "Egress"], deny.List("spec", "policyTypes").Select(type => type.ToString()));

        var outside = policies.SelectMany(policy => policy.List("spec", "egress").Select(rule => (policy, rule))).Where(pair => pair.rule.List("to").Any(to => to.At("ipBlock") is not null)).ToList();
        var (bot, way) = Assert.Single(outside);
        Assert.Equal("bot", bot.Text("spec", "podSelector", "matchLabels", "app"));
        Assert.Equal(["443"], way.List("ports").Select(port => port.Text("port")));
        Assert.Equal(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"], way.List("to")[0].List("ipBlock", "except").Select(range => range.ToString()));
        Assert.All(policies.Where(policy => policy != bot), policy => Assert.Empty(policy.List("spec", "egress")));
    }

    [Fact]
    public void Secrets_are_named_and_never_written_down()
    {
        var keys = Of("Secret").Single().Map("stringData");
        Assert.All(keys, key => Assert.Equal("", key.Value.ToString()));

        var settings = Of("ConfigMap").SelectMany(map => map.Map("data")).ToList();
        Assert.All(settings, setting => Assert.False(Secrets.IsSecret(setting.Key), setting.Key));
        var variables = Workloads.SelectMany(workload => workload.At("spec", "template", "spec")!.List("containers")).SelectMany(container => container.List("env")).ToList();
        Assert.All(settings.Select(setting => setting.Key).Concat(variables.Select(variable => variable.Text("name")!).Where(name => name.Contains("__", StringComparison.Ordinal) && !name.StartsWith("QDRANT__", StringComparison.Ordinal))),
            name => Assert.True(Settings.Exists(name), $"{name} is no setting of the bot."));
        var named = variables.Select(variable => variable.Text("valueFrom", "secretKeyRef", "key")).OfType<string>()
            .Concat(variables.Select(variable => variable.Text("value")).OfType<string>().Where(value => value.StartsWith("/run/secrets/", StringComparison.Ordinal)).Select(value => value.Split('/')[^1]));
        Assert.Empty(named.Except(keys.Select(key => key.Key)));
    }
}
