using System.CommandLine;
using PrEnv.Sandbox.Commands;

// One class per verb, each under Commands/.
return await new RootCommand("Stand-ins for GitHub and Flux that behave like the real ones, on loopback.")
{
    GitHubCommand.Create(),
    FluxCommand.Create(),
    DemoCommand.Create(),
}.Parse(args).InvokeAsync();
