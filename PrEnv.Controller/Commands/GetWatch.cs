using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Controller.Startup;
using PrEnv.Controller.Terminal;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Commands;

/// <summary>
/// <c>prenv get --watch</c>: on a terminal a table that is kept up to date in place, elsewhere a line for each change. A server that goes
/// away is waited for.
/// </summary>
internal sealed class GetWatch(ClientSession session, bool allNamespaces, bool isWide) : IInformerHandler<PREphemeralEnvController>
{
    // Ages are to be right, too.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
    });

    // A server that has not failed again for so long, which is longer than any pause between two attempts, has been reached.
    private static readonly TimeSpan Lull = TimeSpan.FromSeconds(45);

    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);
    private string _frame = "";
    private string? _trouble;
    private volatile Failure? _failure;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var @namespace = allNamespaces ? null : session.Namespace;
        // What may not be read at all is said at once.
        await session.Resources.ListAsync(@namespace, cancellationToken);
        var time = session.Get<TimeProvider>();
        var informer = new SharedInformer<PREphemeralEnvController>(
            session.Get<ListWatchFactory>().Resources(@namespace),
            new ReflectorOptions { Name = PREphemeralEnvController.Plural, StartsCurrent = true, OnFailure = Failed }, time,
            NullLogger.Instance);
        informer.AddHandler(this);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = informer.RunAsync(stop.Token);
        try
        {
            await informer.WaitForSyncAsync(cancellationToken);
            while (true)
            {
                await ShowAsync(informer);
                var news = _changes.Reader.WaitToReadAsync(cancellationToken).AsTask();
                await Task.WhenAny(news, Task.Delay(Tick, time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
                _changes.Reader.TryRead(out _);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void OnAdded(PREphemeralEnvController item, bool isInInitialList) => Changed();

    public void OnUpdated(PREphemeralEnvController old, PREphemeralEnvController item) => Changed();

    public void OnDeleted(Tombstone<PREphemeralEnvController> tombstone) => Changed();

    private void Changed()
    {
        _failure = null;
        _changes.Writer.TryWrite(true);
    }

    private void Failed(ApiStatus status)
    {
        _failure = new Failure(status, session.Now);
        _changes.Writer.TryWrite(true);
    }

    private async Task ShowAsync(SharedInformer<PREphemeralEnvController> informer)
    {
        var trouble = _failure is { } failure && session.Now - failure.At < Lull
            ? $"{failure.Status.Message.TrimEnd('.')}; retrying."
            : null;
        List<EnvironmentLine> lines =
        [
            .. informer.Store.List()
                .OrderBy(r => r.Metadata.Namespace, StringComparer.Ordinal).ThenBy(r => r.Metadata.Name, StringComparer.Ordinal)
                .SelectMany(r => EnvironmentLine.Of(r)),
        ];
        if (session.Screen.Size() is { } size)
            await RedrawAsync(lines, trouble, size);
        else
            await AppendAsync(lines, trouble);
    }

    // Written in one piece over what is there: nothing is cleared first, so that nothing flickers.
    private async Task RedrawAsync(List<EnvironmentLine> lines, string? trouble, TerminalSize size)
    {
        var screen = session.Screen;
        List<string> rows = [.. GetTable.Lines(lines, allNamespaces, isWide, session.Now, screen.Columns, screen.Style)];
        var room = Math.Max(2, size.Rows - 2);
        if (rows.Count > room)
            rows = [.. rows.Take(room - 1), screen.Style.Dim($"… and {rows.Count - room + 1} more")];
        if (trouble is not null)
            rows.Add(screen.Style.Bad(TerminalText.Clean(trouble, size.Columns)));
        var frame = new StringBuilder(_frame.Length == 0 ? "\u001b[2J\u001b[H" : "\u001b[H");
        foreach (var row in rows)
            frame.Append(row).Append("\u001b[K\n");
        var text = frame.Append("\u001b[J").ToString();
        if (text == _frame)
            return;
        _frame = text;
        await screen.Output.WriteAsync(text);
        await screen.Output.FlushAsync();
    }

    private async Task AppendAsync(List<EnvironmentLine> lines, string? trouble)
    {
        var screen = session.Screen;
        var fresh = lines.Where(IsNew).ToList();
        var keys = lines.Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _shown.Keys.Where(key => !keys.Contains(key)).ToList())
        {
            _shown.Remove(gone);
            await screen.Output.WriteLineAsync($"{gone} is gone");
        }

        if (fresh.Count > 0)
        {
            var table = GetTable.Lines(fresh, allNamespaces, isWide, session.Now, null, screen.Style);
            foreach (var row in _frame.Length == 0 ? table : table.Skip(1))
                await screen.Output.WriteLineAsync(row);
            _frame = "shown";
        }

        await screen.Output.FlushAsync();
        if (trouble is not null && trouble != _trouble)
            await session.NoteAsync(trouble);
        _trouble = trouble;
    }

    private bool IsNew(EnvironmentLine line)
    {
        var (key, text) = (KeyOf(line), line.ToString());
        if (_shown.TryGetValue(key, out var before) && before == text)
            return false;
        _shown[key] = text;
        return true;
    }

    private static string KeyOf(EnvironmentLine line) => $"{line.Namespace}/{line.Resource} PR {line.PrNumber}";

    private sealed record Failure(ApiStatus Status, DateTimeOffset At);
}
