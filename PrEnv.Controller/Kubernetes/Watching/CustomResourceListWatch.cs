using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>What is listed and watched.</summary>
/// <param name="Resource">The kind.</param>
/// <param name="Namespace">Null for all.</param>
/// <param name="LabelSelector">Null for no selection.</param>
internal sealed record ListWatchTarget(ApiResource Resource, string? Namespace = null, string? LabelSelector = null);

/// <summary>Lists and watches one kind over raw HTTP. Thread-safe.</summary>
internal sealed class CustomResourceListWatch<T>(
    RawKubernetes client,
    ListWatchTarget target,
    JsonTypeInfo<T> type,
    Func<T, T> trim,
    TimeProvider time,
    ILogger<CustomResourceListWatch<T>> logger,
    QuickReader<T>? quick = null) : IListWatch<T>
    where T : class, IClusterObject
{
    /// <summary>
    /// How long after the time at which the server should have closed a watch the client closes it: by then the server must be unreachable.
    /// </summary>
    public static readonly TimeSpan DeadlineSlack = TimeSpan.FromSeconds(15);

    private readonly ObjectDecoder<T> _objects = new(type, trim, target.Resource.Plural, logger, quick);

    public async Task<ListPage<T>> ListAsync(ListOptions options, CancellationToken cancellationToken)
    {
        var reply = await client.SendAsync(
            ApiRequest.Get(ListPath(options)),
            (body, token) => new ListReader<T>(_objects).ReadAsync(body, token),
            cancellationToken);
        return reply.Value;
    }

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(
        WatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await client.OpenAsync(ApiRequest.Get(WatchPath(options)), cancellationToken);
        using var deadline = new CancellationTokenSource(options.Timeout + DeadlineSlack, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        await using var lines = new LineReader(await response.Content.ReadAsStreamAsync(cancellationToken));

        var decoder = new WatchLineDecoder<T>(_objects);
        while (await NextAsync(lines, decoder, either.Token, cancellationToken) is { } step)
        {
            if (step.Event is { } @event)
            {
                yield return @event;
                if (@event.Type == WatchEventType.Error)
                    yield break;
            }
        }
    }

    // Null at the end of the stream, whether the server closed it, the connection broke, or it was not closed in time: the caller goes
    // on from the last version in each case. The event is null for a line of an unknown type.
    private async ValueTask<Step?> NextAsync(
        LineReader lines, WatchLineDecoder<T> decoder, CancellationToken either, CancellationToken callers)
    {
        try
        {
            if (await lines.ReadLineAsync(either) is not { } line)
                return null;

            return new Step(decoder.Decode(line));
        }
        catch (OperationCanceledException) when (!callers.IsCancellationRequested)
        {
            Log.WatchOverdue(logger, target.Resource.Plural);
            return null;
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(callers);
        }
        catch (Exception e) when (ApiFailures.FromException(e, callers) is { } status)
        {
            callers.ThrowIfCancellationRequested();
            Log.WatchBroken(logger, target.Resource.Plural, status.Message);
            return null;
        }
    }

    private string ListPath(ListOptions options)
    {
        var path = target.Resource.CollectionPath(target.Namespace);

        // A continue token contains its version; sending another one with it is rejected.
        var version = options.Continue is null ? options.ResourceVersion : null;

        // With a limit and without a match, a version would mean "exactly this one". "0" already means "any".
        var match = string.IsNullOrEmpty(version) || version == "0" ? null : "NotOlderThan";
        return ApiResource.WithQuery(
            path,
            ("labelSelector", target.LabelSelector),
            ("limit", ApiResource.Number(options.Limit)),
            ("continue", options.Continue),
            ("resourceVersion", version),
            ("resourceVersionMatch", match));
    }

    private string WatchPath(WatchOptions options) => ApiResource.WithQuery(
        target.Resource.CollectionPath(target.Namespace),
        ("watch", "true"),
        ("allowWatchBookmarks", "true"),
        ("labelSelector", target.LabelSelector),
        ("timeoutSeconds", ApiResource.Number((int)Math.Max(1, Math.Ceiling(options.Timeout.TotalSeconds)))),
        ("resourceVersion", options.ResourceVersion),
        ("sendInitialEvents", options.SendInitialEvents ? "true" : null),
        ("resourceVersionMatch", options.SendInitialEvents ? "NotOlderThan" : null));

    private readonly record struct Step(WatchEvent<T>? Event);
}
