using PrEnv.Tests.Deployment;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Commands;

/// <summary>What a shell offers, asked of the shell itself and of the real program.</summary>
[CancelAfter(120_000)]
internal sealed class CompletionTests
{
    [TestCase("prenv re", "re", "reconcile resume")]
    [TestCase("prenv get --out", "--out", "--output")]
    [TestCase("prenv get -o ", "", "json table wide yaml")]
    [TestCase("prenv completion ", "", "--help -h bash fish zsh")]
    public async Task Bash_AfterHalfACommand_OffersTheWords(string line, string word, string expected)
    {
        using var folder = new TemporaryDirectory();
        var program = Program(folder);
        var script = folder.Write("try.sh", $$"""
            PATH={{Path.GetDirectoryName(program)}}:$PATH
            source <(prenv completion bash)
            COMP_LINE='{{line}}' COMP_WORDS=(prenv '{{word}}') COMP_CWORD=1
            COMP_POINT=${#COMP_LINE}
            _prenv
            echo "${COMPREPLY[@]}"
            """);

        Assert.That((await Programs.GetAsync("bash", [script])).Trim(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Fish_AfterHalfACommand_OffersTheWords()
    {
        if (Programs.Find("fish") is null)
            Assert.Ignore("Left out: there is no fish on this machine.");
        using var folder = new TemporaryDirectory();
        var program = Program(folder);
        var script = folder.Write("try.fish", $$"""
            set -x PATH {{Path.GetDirectoryName(program)}} $PATH
            prenv completion fish | source
            # Without a terminal, there is no line to be asked for.
            function commandline
                test "$argv" = -C && echo 8 || echo 'prenv re'
            end
            complete -C 'prenv re'
            """);

        Assert.That((await Programs.GetAsync("fish", ["--no-config", script])).Trim(), Is.EqualTo("reconcile\nresume"));
    }

    [Test]
    public async Task Zsh_ReadsItsScript()
    {
        if (Programs.Find("zsh") is null)
            Assert.Ignore("Left out: there is no zsh on this machine.");
        using var folder = new TemporaryDirectory();
        var program = Program(folder);
        var script = folder.Write("try.zsh", $$"""
            PATH={{Path.GetDirectoryName(program)}}:$PATH
            autoload -U compinit && compinit -u -D
            source <(prenv completion zsh)
            compadd() { shift; print -- ${(P)1} }
            words=(prenv re)
            _prenv
            print -- $_comps[prenv]
            """);

        Assert.That((await Programs.GetAsync("zsh", ["-f", script])).Trim(), Does.Match("^reconcile resume .*\n_prenv$"));
    }

    // As it is installed: the file beside the library.
    private static string Program(TemporaryDirectory folder)
    {
        var program = folder.Write(
            "bin/prenv", $"#!/bin/sh\nexec dotnet '{Path.Combine(TestContext.CurrentContext.TestDirectory, "prenv.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return program;
    }
}
