using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Files;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Selection;

namespace PrEnv.Controller.Reading;

/// <summary>Asks which files pull requests change, once for each head commit, base branch and filter.</summary>
internal sealed class FilesReader(IFilesSource source, TimeProvider time)
{
    // So many failures in a row are GitHub's, not the pull requests': the others are not made to wait for more of them.
    private const int MostFailures = 2;

    public async Task ReadAsync(ImmutableArray<PathQuestion> questions, ResourceMemory memory, CancellationToken cancellationToken)
    {
        if (memory.Listing?.Access is not { } access)
            return;
        var (failures, problem) = (0, "");
        foreach (var question in questions.OrderBy(memory.Files.Failures))
        {
            if (failures >= MostFailures)
            {
                memory.Files.Postpone(question, new PathVerdict(PathMatch.Unknown, problem), time.GetUtcNow());
                continue;
            }

            var files = await source.ReadAsync(access, question.PrNumber, question.HeadSha, cancellationToken);
            memory.Files.Note(question, PathVerdict.Of(question, files), time.GetUtcNow());
            (failures, problem) = files is ChangedFiles.Unknown unknown ? (failures + 1, unknown.Message) : (0, "");
        }
    }
}
