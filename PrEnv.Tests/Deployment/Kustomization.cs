using System.Diagnostics;
using System.Text.Json.Nodes;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Deployment;

/// <summary>What <c>kubectl apply -k</c> would apply.</summary>
internal static class Kustomization
{
    /// <summary>
    /// The objects as they are written: the files that a folder's kustomization names, and those of the folders that it names.
    /// </summary>
    public static IEnumerable<JsonObject> Objects(string folder)
    {
        var kustomization = RepositoryFiles.Yaml($"{folder}/kustomization.yaml").Single();
        foreach (var resource in kustomization["resources"]!.AsArray().Select(r => $"{folder}/{r}"))
        {
            foreach (var found in Directory.Exists(RepositoryRoot.Combine(resource)) ? Objects(resource) : RepositoryFiles.Yaml(resource))
                yield return found;
        }
    }

    /// <summary>
    /// The objects of an overlay that a document shows: each of its files is a block that begins with a comment that is its path.
    /// </summary>
    public static async Task<IReadOnlyList<JsonObject>?> RenderDocumentedAsync(string document, string folder)
    {
        var root = Directory.CreateTempSubdirectory("prenv-overlay-").FullName;
        try
        {
            foreach (var used in (string[])["manifests", "crds"])
            {
                foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Combine(used), "*.yaml", SearchOption.AllDirectories))
                    await WriteAsync(Path.GetRelativePath(RepositoryRoot.Combine(), file), await File.ReadAllTextAsync(file));
            }

            foreach (var block in RepositoryFiles.Text(document).Split("```yaml\n").Skip(1).Select(b => b.Split("```")[0]))
            {
                if (block.StartsWith($"# {folder}/", StringComparison.Ordinal))
                    await WriteAsync(block[2..block.IndexOf('\n', StringComparison.Ordinal)], block);
            }

            return await RenderAsync(Path.Combine(root, folder));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }

        Task WriteAsync(string path, string text)
        {
            var target = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            return File.WriteAllTextAsync(target, text);
        }
    }

    /// <summary>The objects as kubectl renders them; null when this machine has no kubectl.</summary>
    public static async Task<IReadOnlyList<JsonObject>?> RenderAsync(string folder)
    {
        var kubectl = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(path => Path.Combine(path, "kubectl"))
            .FirstOrDefault(File.Exists);
        if (kubectl is null)
            return null;
        using var process = Process.Start(new ProcessStartInfo(kubectl, ["kustomize", RepositoryRoot.Combine(folder)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? [.. YamlDocuments.Parse(output)]
            : throw new InvalidOperationException("kubectl kustomize failed; what it said is above.");
    }
}
