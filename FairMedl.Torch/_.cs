namespace FairMedl.Torch;
