using System.CommandLine;
using PrEnv.Sandbox.Commands;

// One class per verb, each under Commands/. Without a termination timeout, System.CommandLine 2.0.0 leaves SIGTERM to the runtime, and
// no verb could end in order.
return await new RootCommand("Stand-ins for GitHub and Flux that behave like the real ones, on loopback.")
{
    GitHubCommand.Create(),
    FluxCommand.Create(),
    DemoCommand.Create(),
}.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(5) });
