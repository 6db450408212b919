namespace Daypass.Cluster.Tests.Model;

/// <summary>
/// All that may be so after what was answered. A write of unknown outcome stays open: it may have happened, and until it is certain that nothing
/// of it is on its way any more, it may still happen.
/// </summary>
internal sealed class Possible
{
    private const int TooMany = 20_000;
    private readonly Dictionary<int, Open> _open = [];
    private readonly List<(TimeSpan Until, Facts[] States)> _past = [];
    private HashSet<State> _states = [new(Facts.None, "")];
    private int _opened;

    private sealed record Open(Rules.Effect Effect, string Id, TimeSpan Since);

    /// <summary>Facts, and the numbers of the writes that may still happen.</summary>
    private sealed record State(Facts Facts, string Waiting);

    /// <summary>How many writes are open.</summary>
    public int OpenWrites => _open.Count;

    public int Count => _states.Count;

    /// <summary>What may be so now.</summary>
    public IEnumerable<Facts> Now => _states.Select(state => state.Facts).Distinct();

    /// <summary>What may be so now, or may have been at any time since then.</summary>
    public IEnumerable<Facts> Since(TimeSpan time) => _past.Where(past => past.Until >= time).SelectMany(past => past.States).Concat(Now).Distinct();

    /// <summary>A write was answered, at this time. False: no possible state allows the answer.</summary>
    public bool Answered(Rules.Effect effect, string code, string id, TimeSpan time)
    {
        HashSet<State> next = [.. _states.SelectMany(state => effect(state.Facts, id).Where(branch => branch.Code == code).Select(branch => state with { Facts = branch.Next }))];
        if (next.Count == 0)
            return false;
        Become(next, time);
        return true;
    }

    /// <summary>A write was sent, and nobody knows what became of it.</summary>
    public void Lost(Rules.Effect effect, TimeSpan time)
    {
        var number = ++_opened;
        _open[number] = new Open(effect, $"?{number}", time);
        Become([.. _states.Select(state => state with { Waiting = $"{state.Waiting}{number}," })], time);
    }

    /// <summary>What was sent before this time has happened or never will.</summary>
    public void Settle(TimeSpan sentBefore, TimeSpan now)
    {
        var settled = _open.Where(pair => pair.Value.Since < sentBefore).Select(pair => pair.Key).ToList();
        if (settled.Count == 0)
            return;
        settled.ForEach(number => _open.Remove(number));
        Become([.. _states.Select(state => state with { Waiting = Text(Numbers(state).Where(_open.ContainsKey)) })], now);
    }

    /// <summary>Forgets what was so before a time.</summary>
    public void Forget(TimeSpan before) => _past.RemoveAll(past => past.Until < before);

    private void Become(HashSet<State> states, TimeSpan time)
    {
        _past.Add((time, [.. Now]));
        _states = Closure(states);
        Assert.True(_states.Count < TooMany, "The model has lost itself in possibilities.");
    }

    /// <summary>With every order in which the open writes may have happened.</summary>
    private HashSet<State> Closure(HashSet<State> states)
    {
        var all = new HashSet<State>(states);
        var todo = new Queue<State>(states);
        while (todo.TryDequeue(out var state))
        {
            foreach (var number in Numbers(state))
            {
                foreach (var branch in _open[number].Effect(state.Facts, _open[number].Id).Where(branch => branch.Code == Rules.Ok))
                {
                    var next = new State(branch.Next, Text(Numbers(state).Where(other => other != number)));
                    if (all.Add(next))
                        todo.Enqueue(next);
                }
            }
        }
        return all;
    }

    private static string Text(IEnumerable<int> numbers) => string.Concat(numbers.Select(number => $"{number},"));

    private static IEnumerable<int> Numbers(State state) => state.Waiting.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
}
