using System.Globalization;

namespace Daypass.Policies.Conditions;

/// <summary>
/// The <c>Numeric*</c> operators: decimal numbers with an optional sign and fraction, nothing before or behind. 10 is 10.0.
/// </summary>
internal sealed class NumericOperands : OrderedOperands<decimal>
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private NumericOperands(IReadOnlyList<string> texts, Order order)
        : base(texts, order)
    {
    }

    public static OperandReader Reader(Order order) => (texts, _) => new NumericOperands(texts, order);

    private protected override bool TryRead(string text, out decimal value) =>
        decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out value);
}
