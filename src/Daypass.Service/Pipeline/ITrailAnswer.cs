using Daypass.Service.Stores;

namespace Daypass.Service.Pipeline;

/// <summary>An answer that was searched for in the trail. The endpoint says in a header whose newest events it may lack.</summary>
internal interface ITrailAnswer : IShape
{
    /// <summary>Nodes whose newest events may be missing; not a member of the response.</summary>
    IReadOnlyList<NodeReport> MissingNodes { get; }
}
