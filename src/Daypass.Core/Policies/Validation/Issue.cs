namespace Daypass.Policies.Validation;

/// <summary>A kind of finding.</summary>
/// <param name="Code">AWS's issue code, or one of our own where AWS has none.</param>
/// <param name="Type">How grave it is.</param>
/// <param name="Meaning">One line for the reference.</param>
internal sealed record Issue(string Code, FindingType Type, string Meaning);
