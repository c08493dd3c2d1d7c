using ParalegalBot.Records;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary><c>alto</c>, <c>baja</c>: no more messages that do not answer the person's own; <c>alta</c> takes it back.</summary>
public sealed class SilenceCommand(Contacts contacts) : ICommand
{
    public ValueTask<TurnOutcome?> TryAsync(Incoming message, CancellationToken cancellationToken)
    {
        var words = CommandWords.Of(message.Text);
        if (words is "alto" or "baja" or "stop" or "detener" or "darme de baja" or "dar de baja" or "quiero darme de baja" or "no me escriban" or "no me escriban mas" or "ya no me escriban" or "no mas mensajes")
        {
            contacts.Silence(message.Channel, message.PersonKey, silent: true);
            return Said("Listo: no le enviaré más avisos. Si me escribe una pregunta, se la respondo. Para recibir avisos otra vez escriba «alta»; para que olvide sus datos, «borrar mis datos».");
        }
        if (words is not ("alta" or "darme de alta" or "dar de alta")) return ValueTask.FromResult<TurnOutcome?>(null);
        contacts.Silence(message.Channel, message.PersonKey, silent: false);
        return Said("Listo: vuelve a recibir los avisos que haya pedido.");
    }

    private static ValueTask<TurnOutcome?> Said(string text) => ValueTask.FromResult<TurnOutcome?>(TurnOutcome.Say(text));
}
