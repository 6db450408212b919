namespace Daypass.Policies.Conditions;

/// <summary>The <c>Date*</c> operators: instants, written as W3C dates or epoch seconds on either side.</summary>
internal sealed class DateOperands : OrderedOperands<long>
{
    private DateOperands(IReadOnlyList<string> texts, Order order)
        : base(texts, order)
    {
    }

    public static OperandReader Reader(Order order) => (texts, _) => new DateOperands(texts, order);

    private protected override bool TryRead(string text, out long value) => DateReader.TryRead(text, out value);
}
