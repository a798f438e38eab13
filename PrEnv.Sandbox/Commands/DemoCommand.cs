using System.CommandLine;
using PrEnv.Sandbox.Demo;

namespace PrEnv.Sandbox.Commands;

/// <summary><c>prenv-sandbox demo</c>: the main job from end to end on local stand-ins.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static Command Create()
    {
        var keep = new Option<bool>("--keep")
        {
            Description = "Keep everything running until Ctrl+C, and print how to experiment with it.",
        };
        var command = new Command(
            "demo",
            "Starts an API server, stand-ins for GitHub and helm-controller, and the controller, and walks through the life of a pull "
            + "request.") { keep };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            try
            {
                await RunAsync(arguments.InvocationConfiguration.Output, arguments.GetValue(keep), cancellationToken);
                return 0;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return 130;
            }
        });
        return command;
    }

    private static async Task RunAsync(TextWriter output, bool keep, CancellationToken cancellationToken)
    {
        var tell = new Storyteller(output);
        tell.Say("Setting up.");
        await using var setup = await DemoSetup.StartAsync(tell, cancellationToken);
        var cluster = new DemoCluster(setup.Cluster.Client, DemoSetup.Destination, TimeProvider.System);
        tell.Say();
        tell.Say(
            "Applied samples/with-healthcheck.yaml with the health URL set to "
            + $"{setup.Environments.BaseUrl}pr/<<PR_NUMBER>> and the interval set to 10s.");
        tell.Say($"The page, while this runs: {setup.Page}");
        tell.Begin();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await new DemoStory(setup.GitHub, cluster, setup.Installs, tell).TellAsync(patience.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            tell.Say(await File.ReadAllTextAsync(setup.Controller.LogPath, CancellationToken.None));
            throw new InvalidOperationException(
                $"The demo made no progress within {Patience.TotalMinutes} minutes; the controller's log is above.", e);
        }

        tell.Say();
        tell.Say($"$ kubectl describe prcontroller {DemoStory.ResourceName} | sed -n '/^Events:/,$p'");
        var description = await setup.Cluster.KubectlAsync(["describe", "prcontroller", DemoStory.ResourceName], cancellationToken);
        tell.Say(description[Math.Max(0, description.IndexOf("Events:", StringComparison.Ordinal))..].TrimEnd());
        if (keep)
            await KeepAsync(setup, tell, cancellationToken);
    }

    private static async Task KeepAsync(DemoSetup setup, Storyteller tell, CancellationToken cancellationToken)
    {
        var api = $"{setup.GitHub.BaseUrl}_sandbox/repositories/{DemoStory.Owner}/{DemoStory.Repository}";
        tell.Say();
        tell.Say($"Everything keeps running until Ctrl+C. The page: {setup.Page}");
        tell.Say($"  export KUBECONFIG={setup.Cluster.KubeconfigPath}");
        tell.Say("  kubectl get prcontroller,helmrelease -A");
        tell.Say($"  tail -f {setup.Controller.LogPath}");
        tell.Say("To open a pull request, push to it and close it:");
        tell.Say($"  curl -X POST {api}/pulls -H 'Content-Type: application/json' -d '{{\"number\": 23, \"title\": \"Try it\"}}'");
        tell.Say($"  curl -X POST {api}/pulls/23/push");
        tell.Say($"  curl -X POST {api}/pulls/23/close");
        tell.Say("To see what GitHub shows, and the environment itself:");
        tell.Say($"  curl {api}/statuses");
        tell.Say($"  curl {setup.Environments.BaseUrl}pr/23");
        await Forever.UntilAsync(cancellationToken);
    }
}
