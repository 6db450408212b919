using Daypass.Service.Directories;

namespace Daypass.Service.Pipeline;

/// <summary>How far a request has come: what its next try and its refusal must know.</summary>
internal sealed class Course(long arrived)
{
    /// <summary>When the request came, on the clock that only runs forward.</summary>
    public long Arrived { get; } = arrived;

    /// <summary>Whether what it looks at holds all that was written anywhere before it came. Noted before it looks.</summary>
    public bool IsCurrent { get; set; }

    /// <summary>Whether it has waited for that once already.</summary>
    public bool HasCaughtUp { get; set; }

    /// <summary>The life of the store that it looks at.</summary>
    public Life? Life { get; set; }

    /// <summary>Who signed, once that is proven.</summary>
    public Caller? Caller { get; set; }

    /// <summary>Whether the call has been charged to its account.</summary>
    public bool IsAdmitted { get; set; }

    /// <summary>Whether what it brings has been charged.</summary>
    public bool IsWeighed { get; set; }
}
