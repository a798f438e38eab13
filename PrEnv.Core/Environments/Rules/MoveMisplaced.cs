namespace PrEnv.Core.Environments.Rules;

/// <summary>
/// The destination was changed: releases elsewhere are removed first, because two installations of one chart would conflict.
/// </summary>
internal sealed class MoveMisplaced : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input)
    {
        if (input.Misplaced.IsEmpty || (!input.MayMove && input.Current is not null))
            return null;
        var old = input.Misplaced[0];
        return new EnvironmentState.Misplaced(old, Moves: input.MayMove || old.Metadata.DeletionTimestamp is not null);
    }
}
