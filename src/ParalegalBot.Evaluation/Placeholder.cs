namespace ParalegalBot.Evaluation;
