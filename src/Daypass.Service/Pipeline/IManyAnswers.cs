namespace Daypass.Service.Pipeline;

/// <summary>
/// A response that answers for many, and refuses some of them: what rests on absence there is decided again as a refusal of the whole call
/// would be (step 8), and says "not now" where the store cannot be asked.
/// </summary>
internal interface IManyAnswers : IShape
{
    /// <summary>Whether one of the refusals rests on something that was not found.</summary>
    bool RestsOnAbsence { get; }

    /// <summary>The same, with "try again" in place of each refusal that rests on absence.</summary>
    IShape Undecided();
}
