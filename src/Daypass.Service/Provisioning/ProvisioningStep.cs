using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Provisioning;

/// <summary>One commit of a CreateAccount: the changes to one set, and the event that goes with them, if it is one.</summary>
internal sealed record ProvisioningStep(Changes Changes, AuditEvent? Event);
