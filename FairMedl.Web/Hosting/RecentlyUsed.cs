using System.Diagnostics.CodeAnalysis;

namespace FairMedl.Web.Hosting;

/// <summary>
/// Shares values that are dear to make and large to keep: each is made once however many ask at the same time, the most
/// recently used ones are kept, and an older one is still shared while somebody else holds it.
/// </summary>
public sealed class RecentlyUsed<T> where T : class
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, Entry> entries = [];
    private readonly LinkedList<int> order = [];
    private readonly int capacity;

    /// <summary>With how many values are kept, at least one.</summary>
    public RecentlyUsed(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        this.capacity = capacity;
    }

    /// <summary>The value of this number; made on a pool thread where it is not there. A caller that no longer waits does not stop the making.</summary>
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

    /// <summary>Forgets a value.</summary>
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

        foreach (int dead in entries.Where(e => e.Value is { Kept: null, Made: { } made } && !made.TryGetTarget(out _)).Select(e => e.Key).ToArray()) entries.Remove(dead);
    }

    private void LetGo()
    {
        while (order.Count > capacity)
        {
            Entry oldest = entries[order.Last!.Value];
            if (oldest.Made is null) break; // Still being made: it is let go as soon as it is.
            oldest.Kept = null;
            order.RemoveLast();
        }
    }

    // Everyone who waits gets a failure, and the next caller tries again.
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
