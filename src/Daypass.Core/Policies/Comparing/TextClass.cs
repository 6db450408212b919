namespace Daypass.Policies.Comparing;

/// <summary>All texts that are in the same of some shapes, by one of them.</summary>
/// <param name="Text">A shortest one.</param>
/// <param name="Shapes">The indexes of the shapes it is in, ascending.</param>
internal sealed record TextClass(string Text, int[] Shapes);
