using System.Diagnostics.CodeAnalysis;

namespace FairMedl.Web.Services;

/// <summary>
/// Least recently used cache of large values that take long to create. Concurrent callers share one creation, and a value
/// dropped from the cache is still shared while another caller holds it.
/// </summary>
public sealed class RecentlyUsed<T> where T : class
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, Entry> entries = [];
    private readonly LinkedList<int> order = [];
    private readonly int capacity;

    /// <summary>A cache of at most <paramref name="capacity"/> values (1 or more).</summary>
    public RecentlyUsed(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        this.capacity = capacity;
    }

    /// <summary>The value of an id, created on a pool thread where it is missing. Cancelling a wait does not cancel the creation.</summary>
    public async Task<T> GetAsync(int id, Func<Task<T>> make, CancellationToken cancellation = default)
    {
        Task<T> value;
        lock (gate)
        {
            if (!TryShare(id, out Task<T>? shared))
            {
                var entry = new Entry();
                entry.Kept = shared = Task.Run(() => MakeAsync(id, entry, make), CancellationToken.None);
                entries[id] = entry;
                Touch(id);
            }

            value = shared;
        }

        return await value.WaitAsync(cancellation);
    }

    /// <summary>Removes a value.</summary>
    public void Remove(int id)
    {
        lock (gate)
        {
            entries.Remove(id);
            order.Remove(id);
        }
    }

    private bool TryShare(int id, [NotNullWhen(true)] out Task<T>? value)
    {
        value = null;
        if (!entries.TryGetValue(id, out Entry? entry)) return false;
        if (entry.Kept is not null) value = entry.Kept;
        else if (entry.Made is not null && entry.Made.TryGetTarget(out T? alive)) value = entry.Kept = Task.FromResult(alive);
        if (value is not null) Touch(id);
        return value is not null;
    }

    private void Touch(int id)
    {
        order.Remove(id);
        order.AddFirst(id);
        LetGo();

        foreach (int dead in entries.Where(e => e.Value is { Kept: null, Made: { } made } && !made.TryGetTarget(out _)).Select(e => e.Key)
            .ToArray()) entries.Remove(dead);
    }

    private void LetGo()
    {
        while (order.Count > capacity)
        {
            Entry oldest = entries[order.Last!.Value];
            if (oldest.Made is null) break; // Still being created: dropped once it is done.
            oldest.Kept = null;
            order.RemoveLast();
        }
    }

    // Every waiting caller gets a failure; the next caller tries again.
    private async Task<T> MakeAsync(int id, Entry entry, Func<Task<T>> make)
    {
        try
        {
            T value = await make();
            lock (gate)
            {
                entry.Made = new WeakReference<T>(value);
                if (IsCurrent()) LetGo();
            }

            return value;
        }
        catch
        {
            lock (gate)
            {
                if (IsCurrent()) Remove(id);
            }

            throw;
        }

        bool IsCurrent() => entries.TryGetValue(id, out Entry? current) && current == entry;
    }

    private sealed class Entry
    {
        public Task<T>? Kept { get; set; }

        public WeakReference<T>? Made { get; set; }
    }
}
