using System.CommandLine;
using k8s;
using PrEnv.Sandbox.Flux;

namespace PrEnv.Sandbox.Commands;

/// <summary><c>prenv-sandbox flux</c>: the double of helm-controller, and the environments that it installs, until Ctrl+C.</summary>
internal static class FluxCommand
{
    public static Command Create()
    {
        var kubeconfig = new Option<string?>("--kubeconfig")
        {
            Description = "The kubeconfig to use; KUBECONFIG or ~/.kube/config by default.",
        };
        var port = new Option<int>("--environment-port")
        {
            Description = "TCP port on 127.0.0.1 on which the environments are served, at /pr/N; 0 for any free port.",
            DefaultValueFactory = _ => 4030,
        };
        var install = new Option<double>("--install-seconds")
        {
            Description = "Duration of an install or upgrade in seconds.",
            DefaultValueFactory = _ => new HelmControllerOptions().InstallDuration.TotalSeconds,
        };
        var charts = new Option<string>("--charts")
        {
            Description = "Folder of charts, which takes the place of every source; that of the samples by default.",
            DefaultValueFactory = _ => RealHelm.SampleCharts,
        };
        var pretend = new Option<bool>("--pretend")
        {
            Description = "Install nothing, even where there is Helm: any chart will do then.",
        };
        var command = new Command(
            "flux",
            "Runs a stand-in for helm-controller, which installs with this machine's Helm, or pretends to where there is none. The cluster "
            + "needs Flux's CRDs, but must not run Flux.")
        {
            kubeconfig, port, install, charts, pretend,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var configuration = await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(
                arguments.GetValue(kubeconfig) is { } path ? new FileInfo(path) : null);
            var options = new HelmControllerOptions
            {
                InstallDuration = TimeSpan.FromSeconds(arguments.GetValue(install)),
                Helm = arguments.GetValue(pretend)
                    ? new PretendedHelm("--pretend is set")
                    : await RealHelm.FindAsync(
                        arguments.GetValue(kubeconfig), arguments.GetValue(charts)!, waits: true, cancellationToken),
            };
            await using var flux = HelmControllerDouble.Start(configuration, options);
            await using var environments = await EnvironmentServer.StartAsync(
                flux.Environments, arguments.GetValue(port), cancellationToken: cancellationToken);
            var output = arguments.InvocationConfiguration.Output;
            await output.WriteLineAsync($"helm-controller: {configuration.Host}");
            await output.WriteLineAsync(options.Helm.Description);
            await output.WriteLineAsync($"Environments: {environments.BaseUrl}pr/N");
            await Forever.UntilAsync(cancellationToken);
        });
        return command;
    }
}
