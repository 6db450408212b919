namespace Daypass.Service.Guessing;

/// <summary>
/// How many tries there were, of anything by any name, in a table of a fixed size: whoever fills it with names makes nobody's count smaller. A name has a place in
/// each of four rows, which it shares with others, and the least of the four is its count: never too small, and too large only where all four are shared
/// with names that are tried (a count-min sketch). One try is forgotten at a time. Places are chosen by the hash of this process, which nobody can foresee.
/// </summary>
/// <param name="forgotten">After how long one try is forgotten.</param>
/// <param name="width">How many places a row has.</param>
internal sealed class TryCounts(TimeSpan forgotten, TimeProvider time, int width = TryCounts.Width)
{
    private const int Rows = 4;
    private const int Width = 64 * 1024;
    private readonly Lock _lock = new();
    private readonly Place[] _places = new Place[Rows * width];

    /// <summary>One more, unless that would be more than so many: then how long until it would not. Zero or less means it is one more.</summary>
    public TimeSpan Add(string name, int most)
    {
        lock (_lock)
        {
            var wait = Least(name, place => (place.Count(forgotten, time) + 1 - most) * forgotten);
            if (wait <= TimeSpan.Zero)
                Add(name);
            return wait;
        }
    }

    /// <summary>One more.</summary>
    public void Add(string name)
    {
        lock (_lock)
        {
            foreach (ref var place in Of(name))
                place = new Place(place.Count(forgotten, time) + 1, time.GetTimestamp());
        }
    }

    /// <summary>How long until the next may come; zero or less if now.</summary>
    /// <param name="name">Of what.</param>
    /// <param name="after">How long after the last one that is, by how many there were.</param>
    public TimeSpan Wait(string name, Func<double, TimeSpan> after)
    {
        lock (_lock)
            return Least(name, place => after(place.Count(forgotten, time)) - place.Since(time));
    }

    /// <summary>One was none.</summary>
    public void TakeBack(string name)
    {
        lock (_lock)
        {
            foreach (ref var place in Of(name))
                place = place.Less();
        }
    }

    private TimeSpan Least(string name, Func<Place, TimeSpan> waitOf)
    {
        var least = TimeSpan.MaxValue;
        foreach (ref var place in Of(name))
            least = waitOf(place) is var wait && wait < least ? wait : least;
        return least;
    }

    private Cells Of(string name) => new(_places, width, name);

    /// <summary>The places of a name, one in each row.</summary>
    private ref struct Cells(Place[] places, int width, string name)
    {
        private int _row = -1;

        public readonly ref Place Current => ref places[(_row * width) + (int)((uint)HashCode.Combine(name, _row) % (uint)width)];

        public readonly Cells GetEnumerator() => this;

        public bool MoveNext() => ++_row < Rows;
    }

    private readonly record struct Place(double Wrong, long At)
    {
        public double Count(TimeSpan forgotten, TimeProvider time) => Wrong > 0 ? Math.Max(0, Wrong - (time.GetElapsedTime(At) / forgotten)) : 0;

        public TimeSpan Since(TimeProvider time) => At == 0 ? TimeSpan.Zero : time.GetElapsedTime(At);

        public Place Less() => this with { Wrong = Math.Max(0, Wrong - 1) };
    }
}
