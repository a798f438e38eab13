using PrEnv.Core.Model;

namespace PrEnv.Core.Plans;

/// <summary>What comes of a command.</summary>
/// <param name="Command">The command.</param>
/// <param name="Obeyed">False: it has no meaning here, and its author is told so.</param>
public sealed record CommandAnswer(Command Command, bool Obeyed);
