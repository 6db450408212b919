using Daypass.Policies;

namespace Daypass.Service.Pipeline;

/// <summary>What is reported of a stored policy that is not understood in full. It is never thrown: decisions go on, closed.</summary>
internal sealed class DamagedPolicyException(Policy policy, PolicyError fault) : Exception(
    $"The stored {policy.Document.Type} policy {policy.Id} is not understood in full, and decisions treat it as closed: "
    + $"{fault.Message} (line {fault.Position.Line}, column {fault.Position.Column})");
