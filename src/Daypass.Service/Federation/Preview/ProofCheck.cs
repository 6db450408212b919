using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Preview;

/// <summary>How a check went.</summary>
internal enum CheckOutcome
{
    Ok,

    /// <summary>A live call would be refused here.</summary>
    No,

    /// <summary>It could not be made, because of one before.</summary>
    NotMade,
}

/// <summary>One check of a proof, and how it went.</summary>
/// <param name="Name">One word.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Detail">What was found, or what is wrong; one line.</param>
/// <param name="ErrorCode">The code that a live call would be refused with.</param>
internal sealed record ProofCheck(string Name, CheckOutcome Outcome, string Detail, string? ErrorCode = null) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("Name", Name);
        writer.Text("Outcome", Outcome.ToString());
        writer.Text("Detail", Detail);
        writer.Text("ErrorCode", ErrorCode);
    }
}
