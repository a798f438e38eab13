using System.CommandLine;
using System.CommandLine.Invocation;
using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Commands;

/// <summary><c>prenv version</c>, and <c>--version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create() =>
        new("version", "Prints the version and the commit it was built from.") { Action = new PrintVersion() };

    internal sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine("prenv " + ProductVersion.Text);
            return 0;
        }
    }
}
