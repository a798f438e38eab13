using PrEnv.Core.Model;

namespace PrEnv.Core.Plans;

/// <summary>The outcome of a command.</summary>
/// <param name="Command">The command.</param>
/// <param name="CarriedOut">False: the command does not apply here, and a reaction tells its author so.</param>
public sealed record CommandAnswer(Command Command, bool CarriedOut);
